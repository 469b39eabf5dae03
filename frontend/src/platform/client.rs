//! Calls to the API.

use super::actor::Actor;
use gloo_net::http::{Method, RequestBuilder, Response};
use serde::{Serialize, de::DeserializeOwned};
use shared::problem::{Problem, ProblemCode};

const API: &str = "/api/v1";

/// Why a call brought nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// The server said why.
    Problem(Box<Problem>),
    /// The server was not reached, or its answer could not be read.
    Network,
}

/// What a call brought.
pub(crate) type Outcome<T> = Result<T, Failure>;

/// Reads `path` as the actor.
pub(crate) async fn get<T: DeserializeOwned>(actor: Actor, path: &str) -> Outcome<T> {
    json(as_actor(actor, Method::GET, path).await?).await
}

/// Deletes `path` as the actor.
pub(crate) async fn delete(actor: Actor, path: &str) -> Outcome<()> {
    as_actor(actor, Method::DELETE, path).await.map(drop)
}

/// Reads what is open to everybody; absent if there is no such thing.
pub(crate) async fn get_open<T: DeserializeOwned>(path: &str) -> Outcome<Option<T>> {
    match call::<()>(None, Method::GET, path, None).await {
        Ok(response) => json(response).await.map(Some),
        Err(Failure::Problem(problem)) if problem.code == ProblemCode::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Posts `body` with this token.
pub(crate) async fn post_as<B: Serialize, T: DeserializeOwned>(
    token: Option<String>,
    path: &str,
    body: &B,
) -> Outcome<T> {
    json(call(token, Method::POST, path, Some(body)).await?).await
}

/// Calls as the actor; an expired token is renewed once.
async fn as_actor(actor: Actor, method: Method, path: &str) -> Outcome<Response> {
    match call::<()>(actor.token(), method.clone(), path, None).await {
        Err(Failure::Problem(problem)) if problem.code == ProblemCode::Unauthenticated => {
            if !actor.renew().await? {
                return Err(Failure::Problem(problem));
            }
            call::<()>(actor.token(), method, path, None).await
        }
        outcome => outcome,
    }
}

async fn call<B: Serialize>(token: Option<String>, method: Method, path: &str, body: Option<&B>) -> Outcome<Response> {
    let mut request = RequestBuilder::new(&format!("{API}{path}")).method(method);
    if let Some(language) = leptos::prelude::document().document_element().and_then(|root| root.get_attribute("lang")) {
        request = request.header("Accept-Language", &language);
    }
    if let Some(token) = token {
        request = request.header("Authorization", &format!("Bearer {token}"));
    }
    let request = match body {
        Some(body) => request.json(body),
        None => request.build(),
    };
    let response = request.map_err(|_| Failure::Network)?.send().await.map_err(|_| Failure::Network)?;
    if response.ok() {
        return Ok(response);
    }
    match response.json::<Problem>().await {
        Ok(problem) => Err(Failure::Problem(Box::new(problem))),
        Err(_) => Err(Failure::Network),
    }
}

async fn json<T: DeserializeOwned>(response: Response) -> Outcome<T> {
    response.json().await.map_err(|_| Failure::Network)
}
