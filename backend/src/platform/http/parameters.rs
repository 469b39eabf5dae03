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
use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};
use utoipa::openapi::{
    HttpMethod, RefOr,
    path::{Operation, Parameter, ParameterIn},
};

/// The parameters of each operation, by its method and path, as its description in the API's document names them: read
/// off that when the operation is first asked with a query.
#[derive(Default)]
pub struct Parameters(HashMap<(Method, String), Names>);

type Names = LazyLock<BTreeSet<String>, Box<dyn FnOnce() -> BTreeSet<String> + Send>>;

impl Parameters {
    /// Adds those of an operation that lies under `base`.
    pub(super) fn add<F: utoipa::Path>(&mut self, base: &str) {
        for method in F::methods().iter().filter_map(method_of) {
            let parameters = LazyLock::new(Box::new(|| in_query(F::operation())) as _);
            self.0.insert((method, format!("{base}{}", F::path())), parameters);
        }
    }

    /// A name in the query that the operation does not know; none if it takes no query at all.
    fn unknown(&self, method: &Method, path: &str, query: &str) -> Option<String> {
        let known = self.0.get(&(method.clone(), path.to_owned()))?;
        let mut names = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name);
        names.find(|name| !known.contains(name.as_ref())).map(|name| name.into_owned())
    }
}

fn method_of(method: &HttpMethod) -> Option<Method> {
    match method {
        HttpMethod::Get => Some(Method::GET),
        HttpMethod::Put => Some(Method::PUT),
        HttpMethod::Post => Some(Method::POST),
        HttpMethod::Delete => Some(Method::DELETE),
        HttpMethod::Patch => Some(Method::PATCH),
        _ => None,
    }
}

fn in_query(operation: Operation) -> BTreeSet<String> {
    operation.parameters.iter().flatten().filter_map(name_in_query).collect()
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
