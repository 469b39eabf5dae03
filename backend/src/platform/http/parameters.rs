//! What may stand in the query of an address.

use crate::platform::error::AppError;
use actix_web::{
    Error, ResponseError,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Data,
};
use std::collections::{BTreeSet, HashMap};
use utoipa::openapi::{
    OpenApi, Paths, RefOr,
    path::{Parameter, ParameterIn},
};

/// The parameters of each operation, by its method and path, as the API's document names them.
#[derive(Debug, Default)]
pub struct Parameters(HashMap<(Method, String), BTreeSet<String>>);

impl Parameters {
    /// Those of this document.
    #[must_use]
    pub fn of(document: &OpenApi) -> Self {
        Self(operations(&document.paths).collect())
    }

    /// A name in the query that the operation does not know; none if it takes no query at all.
    fn unknown(&self, method: &Method, path: &str, query: &str) -> Option<String> {
        let known = self.0.get(&(method.clone(), path.to_owned()))?;
        let mut names = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name);
        names.find(|name| !known.contains(name.as_ref())).map(|name| name.into_owned())
    }
}

fn operations(paths: &Paths) -> impl Iterator<Item = ((Method, String), BTreeSet<String>)> {
    paths.paths.iter().flat_map(|(path, item)| {
        let of_methods = [
            (Method::GET, &item.get),
            (Method::PUT, &item.put),
            (Method::POST, &item.post),
            (Method::DELETE, &item.delete),
            (Method::PATCH, &item.patch),
        ];
        of_methods.into_iter().filter_map(move |(method, operation)| {
            let parameters = operation.as_ref()?.parameters.iter().flatten();
            Some(((method, path.clone()), parameters.filter_map(name_in_query).collect()))
        })
    })
}

fn name_in_query(parameter: &RefOr<Parameter>) -> Option<String> {
    match parameter {
        RefOr::T(parameter) => (parameter.parameter_in == ParameterIn::Query).then(|| parameter.name.clone()),
        RefOr::Ref(_) => None,
    }
}

/// Middleware: a misspelt filter would show everything, so a parameter that the operation does not know is
/// refused by its name.
///
/// # Errors
/// Never by itself; such an address is answered with the field, `unknown`.
pub async fn known_parameters_only<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let unknown = match (request.query_string(), request.app_data::<Data<Parameters>>()) {
        ("", _) | (_, None) => None,
        (query, Some(known)) => {
            let path = request.match_pattern().unwrap_or_default();
            known.unknown(request.method(), &path, query)
        }
    };
    match unknown {
        Some(name) => {
            let problem = AppError::field(&format!("/{name}"), "unknown").error_response();
            Ok(request.into_response(problem).map_into_right_body())
        }
        None => Ok(next.call(request).await?.map_into_left_body()),
    }
}
