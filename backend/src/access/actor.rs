//! The actor of a request.

use crate::platform::{
    error::{AppError, AppResult},
    http::RequestId,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use futures::future::LocalBoxFuture;
use shared::{
    identity::LoginNeed,
    ids::{AccountId, LoginId},
    problem::ProblemCode,
    rights::{self, Place, Right, RoleAt},
};

/// Somebody who has logged in, with their roles as they are now.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account.
    pub account_id: AccountId,
    /// The log-in that the access token belongs to.
    pub login_id: LoginId,
    /// Every role with its place.
    pub roles: Vec<RoleAt>,
    /// The request.
    pub request_id: String,
}

impl Actor {
    /// Whether the actor has at least one of these rights at `place`.
    #[must_use]
    pub fn has_any(&self, wanted: &[Right], place: &Place) -> bool {
        wanted.iter().any(|right| rights::allows(self.account_id, &self.roles, *right, place))
    }
}

/// Somebody who has logged in, and may have something to do before they can act.
///
/// For the few routes by which it is done; every other route takes an [`Actor`], who has nothing left
/// to do.
#[derive(Clone, Debug)]
pub struct Entrant {
    /// Who it is.
    pub actor: Actor,
    /// What must be done first.
    pub need: Option<LoginNeed>,
}

impl Entrant {
    /// The actor, if nothing is to be done first, or nothing but `this`.
    ///
    /// # Errors
    /// The problem that says what is to be done.
    pub fn to_do(self, this: LoginNeed) -> AppResult<Actor> {
        match self.need {
            Some(other) if other != this => Err(AppError::Problem(other.problem())),
            _ => Ok(self.actor),
        }
    }
}

/// Knows who an access token belongs to; `identity` implements it and `app` wires it.
pub trait ActorSource {
    /// Who stands behind `token`.
    fn entrant<'a>(&'a self, token: &'a str, request_id: String) -> LocalBoxFuture<'a, AppResult<Entrant>>;

    /// Whose token this is, by its signature and its time alone.
    ///
    /// # Errors
    /// `unauthenticated` if it is not valid.
    fn holder(&self, token: &str) -> AppResult<AccountId>;
}

impl FromRequest for Actor {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let entrant = Entrant::from_request(request, payload);
        Box::pin(async move {
            let Entrant { actor, need } = entrant.await?;
            need.map_or(Ok(actor), |need| Err(AppError::Problem(need.problem())))
        })
    }
}

impl FromRequest for Entrant {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let token = bearer(request);
        let source = request.app_data::<Data<dyn ActorSource>>().cloned();
        let request_id = RequestId::from_request(request, payload);
        Box::pin(async move {
            let token = token.ok_or(AppError::Problem(ProblemCode::Unauthenticated))?;
            let source = source.ok_or_else(|| AppError::internal("no source of actors is wired"))?;
            let request_id = request_id.await.map(|id| id.0).unwrap_or_default();
            source.entrant(&token, request_id).await
        })
    }
}

/// Somebody who holds a valid access token; nothing is read from the store.
///
/// For the path of answers alone, where tens of thousands write in the same minute. The token's
/// life bounds how long an ended log-in can still do this.
#[derive(Clone, Debug)]
pub struct TokenHolder {
    /// The account.
    pub account_id: AccountId,
    /// The request.
    pub request_id: String,
}

impl FromRequest for TokenHolder {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let unauthenticated = || AppError::Problem(ProblemCode::Unauthenticated);
        let account = bearer(request).ok_or_else(unauthenticated).and_then(|token| {
            let source = request.app_data::<Data<dyn ActorSource>>();
            source.ok_or_else(|| AppError::internal("no source of actors is wired"))?.holder(&token)
        });
        let request_id = RequestId::from_request(request, payload);
        Box::pin(async move {
            Ok(Self { account_id: account?, request_id: request_id.await.map(|id| id.0).unwrap_or_default() })
        })
    }
}

/// Somebody, or a stranger who sent no token. A token that is not valid any more is refused, so that
/// its owner renews it instead of being taken for a stranger.
pub struct MaybeActor(pub Option<Actor>);

impl FromRequest for MaybeActor {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if request.headers().contains_key(header::AUTHORIZATION) {
            let actor = Actor::from_request(request, payload);
            Box::pin(async move { actor.await.map(|actor| Self(Some(actor))) })
        } else {
            Box::pin(async { Ok(Self(None)) })
        }
    }
}

fn bearer(request: &HttpRequest) -> Option<String> {
    let header = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    header.strip_prefix("Bearer ").map(str::to_owned)
}
