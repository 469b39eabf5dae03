//! Where a feature adds its operations.

use super::Parameters;
use actix_web::{dev::HttpServiceFactory, web::ServiceConfig};
use utoipa::{
    Path,
    openapi::{Components, OpenApi},
};
use utoipa_actix_web::OpenApiFactory;

/// What a feature adds its operations to. A worker's app answers them and is not told what they are like: to write
/// that down was two fifths of what a short API test cost, and the app is made anew for each worker.
pub enum Routes<'a> {
    /// The app of a worker.
    Served(&'a mut ServiceConfig),
    /// The API's document.
    Described(&'a mut OpenApi),
    /// What may stand in the query of each operation, which lies under this path.
    Asked(&'static str, &'a mut Parameters),
}

impl Routes<'_> {
    /// Adds an operation, with the schemas that its description names.
    pub fn service<F: HttpServiceFactory + OpenApiFactory + Path + 'static>(&mut self, operation: F) -> &mut Self {
        match self {
            Self::Served(app) => {
                app.service(operation);
            }
            Self::Described(document) => {
                let mut schemas = Vec::new();
                operation.schemas(&mut schemas);
                document.paths.merge(operation.paths());
                document.components.get_or_insert_with(Components::new).schemas.extend(schemas);
            }
            Self::Asked(base, parameters) => parameters.add::<F>(base),
        }
        self
    }
}
