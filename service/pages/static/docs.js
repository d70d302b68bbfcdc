// Shows the API's own description with Swagger UI, which the page loads from this server.
const place = document.querySelector("#swagger-ui");
const nameServers = () => (place.querySelector("#servers").ariaLabel = place.dataset.servers);
const about = { url: place.dataset.url, domNode: place, deepLinking: true, validatorUrl: null };
window.SwaggerUIBundle({ ...about, onComplete: nameServers });
