"""Fictional job postings of three trades, and ten fictional résumés, of which three were written for them."""

POSTINGS = {
    "data-engineer": """Senior Data Engineer (m/f/d) – Brackwater Parcels

About us
We are a young company that moves parcels, and we run Kubernetes for fun.

What you'll do
- Build data pipelines with Apache Airflow and Spark.
- Collect, clean and prepare data for our analysts.
- Collaborate with data scientists and business analysts.

Requirements
- Bachelor's degree in Computer Science or a related field
- Strong SQL and Python
- Experience with at least one of the big clouds, such as AWS, Azure or Google Cloud
- Warehouses: Snowflake or BigQuery
- Not older than 35
- German on the level of a native speaker
- Willingness to travel

Nice to have
- Kafka, dbt
- Terraform is a plus

Benefits
- Good health insurance, parental leave, a company photo every year

We are an equal opportunity employer and decide regardless of age, gender or religion.
""",
    "front-end-developer": """Front End Developer at Lumen & Loom
The role
You will build web applications with React and TypeScript together with our designers.
You will write unit tests in Jest and maintain our user interfaces.
Who you are
You know HTML, CSS and JavaScript. You have used Redux or a similar library, Webpack and Git.
You care about accessibility and responsive design.
Ideally you have built something with Next.js or GraphQL.
""",
    "site-reliability-engineer": """Job title: Site Reliability Engineer
RESPONSIBILITIES:
* Run our platform on Kubernetes, with Docker, Helm and Terraform
* Automate deployments by continuous integration in Jenkins or GitLab CI
* Monitor services with Prometheus and Grafana
MUST HAVE:
* Linux, Bash and Python or Go
* AWS
* Networking: TCP/IP, DNS, load balancing
PREFERRED:
* Ansible
* Incident management
""",
}

RESUMES = {
    "data-engineer": """Mara Fictive
mara@example.org
Experience
Data Engineer, Ostrava Lab, 2019 - 2024
Built data pipelines in Python and SQL with Apache Airflow and Spark on AWS.
Cleaned and prepared data for business analysts, with whom I worked closely.
Moved a warehouse to Snowflake with dbt; streamed events through Kafka.
Education
Bachelor of Science in Computer Science, 2018
""",
    "front-end-developer": """Tomas Invented
tomas@example.org
Experience
Front End Developer, Paperlane, 2018 - 2024
Built web applications with React, Redux and TypeScript.
Wrote unit tests in Jest, bundled with Webpack, kept everything in Git.
Designed responsive pages in HTML, CSS and JavaScript with accessibility in mind.
Projects
A shop in Next.js with GraphQL
""",
    "site-reliability-engineer": """Ines Imaginary
ines@example.org
Experience
Site Reliability Engineer, Halden Cloud, 2017 - 2024
Ran Kubernetes clusters on AWS with Docker, Helm and Terraform.
Automated deployments by continuous integration in Jenkins; wrote Bash and Go on Linux.
Monitored everything with Prometheus and Grafana. Tuned DNS, TCP/IP and load balancing.
Configured hosts by Ansible. Led incident management.
""",
    "data-analyst": """Pavel Made
pavel@example.org
Experience
Data Analyst, Corner Insurance, 2019 - 2024
Analyzed data in SQL and Excel, drew dashboards in Tableau and Power BI.
Applied linear regression and hypothesis testing in R.
Education
Bachelor of Science in Statistics, 2018
""",
    "java-developer": """Greta Fabled
greta@example.org
Experience
Software Engineer, Bank of Nowhere, 2016 - 2024
Developed microservices in Java with Spring Boot and Hibernate on Oracle.
Wrote unit tests in JUnit, reviewed code, worked by Scrum.
Education
Master of Science in Software Engineering, 2016
""",
    "android-developer": """Noor Dreamt
noor@example.org
Experience
Android Developer, Pocketworks, 2018 - 2024
Developed mobile apps in Kotlin and Java with Android Studio and Firebase.
Released games to Google Play.
""",
    "database-administrator": """Olga Supposed
olga@example.org
Experience
Database Administrator, City of Nowhere, 2012 - 2024
Administered PostgreSQL, Oracle and SQL Server. Tuned queries in SQL and PL/SQL.
Wrote backup scripts in Bash on Linux.
""",
    "researcher": """Idris Conjured
idris@example.org
Experience
Research Scientist, Institute of Examples, 2018 - 2024
Trained neural networks with PyTorch for computer vision. Compared CNN and transformers.
Published papers on transfer learning. Wrote Python and C++.
Education
Doctor of Philosophy in Machine Learning, 2018
""",
    "tester": """Lena Pretended
lena@example.org
Experience
Test Engineer, Buggane Systems, 2017 - 2024
Automated tests with Selenium, Cucumber and Postman in Java. Wrote test cases, tracked bugs in Jira.
Ran JMeter against web services.
""",
    "designer": """Sven Sketched
sven@example.org
Experience
UX Designer, Studio Example, 2018 - 2024
Drew wireframes in Figma and Sketch, made prototypes, ran usability tests.
Handed over HTML and CSS.
""",
}
