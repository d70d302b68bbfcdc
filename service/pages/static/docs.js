// Shows the API's own description with Swagger UI, which the page loads from this server.
const place = document.querySelector("#swagger-ui");
window.SwaggerUIBundle({ url: place.dataset.url, domNode: place, deepLinking: true, validatorUrl: null });
