//! The actor of a request.

use super::{Action, Permit, authorize};
use crate::platform::{
    error::{AppError, AppResult},
    http::RequestId,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use futures::future::LocalBoxFuture;
use shared::{
    identity::LoginNeed,
    ids::{AccountId, LoginId, SittingId},
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

/// Somebody who has logged in, and may have something to do before they can act, or may do nothing but sit a test.
///
/// For the few routes by which it is done; every other route takes an [`Actor`], who has nothing left
/// to do.
#[derive(Clone, Debug)]
pub struct Entrant {
    /// Who it is.
    pub actor: Actor,
    /// What must be done first.
    pub need: Option<LoginNeed>,
    /// The only sitting that is open to them, if an admission ticket let them in (ADR 43).
    pub only: Option<SittingId>,
}

impl Entrant {
    /// The actor, whatever is to be done first, of what is about the whole account.
    ///
    /// # Errors
    /// [`ProblemCode::Forbidden`] for whom a ticket let in.
    pub fn of_account(self) -> AppResult<Actor> {
        Self { need: None, ..self }.whole()
    }

    /// The actor, if nothing is to be done first, or nothing but `this`.
    ///
    /// # Errors
    /// The problem that says what is to be done; [`ProblemCode::Forbidden`] for whom a ticket let in.
    pub fn to_do(self, this: LoginNeed) -> AppResult<Actor> {
        let need = self.need.filter(|need| *need != this);
        Self { need, ..self }.whole()
    }

    /// The actor, if nothing is to be done first and nothing is closed to them but what their roles close.
    ///
    /// # Errors
    /// As [`Self::to_do`].
    pub fn whole(self) -> AppResult<Actor> {
        match (self.only, self.need) {
            (Some(_), _) => Err(AppError::Problem(ProblemCode::Forbidden)),
            (None, Some(need)) => Err(AppError::Problem(need.problem())),
            (None, None) => Ok(self.actor),
        }
    }
}

/// Somebody at a test: logged in as ever, or let in by an admission ticket to the one sitting that it is for.
///
/// For the routes of a sitting alone; every other route takes an [`Actor`].
#[derive(Clone, Debug)]
pub struct Candidate {
    actor: Actor,
    only: Option<SittingId>,
}

impl Candidate {
    /// Their account.
    #[must_use]
    pub const fn account_id(&self) -> AccountId {
        self.actor.account_id
    }

    /// The log-in that the access token belongs to.
    #[must_use]
    pub const fn login_id(&self) -> LoginId {
        self.actor.login_id
    }

    /// Lets them do `A` to a sitting which lies at `place`.
    ///
    /// # Errors
    /// [`ProblemCode::Forbidden`] if they do not have the right there, or their ticket is for something else.
    pub fn authorize<A: Action<Target = SittingId>>(&self, id: SittingId, place: &Place) -> AppResult<Permit<A>> {
        let is_closed = self.only.is_some_and(|only| only != id || !rights::is_open_by_ticket(A::RIGHT));
        if is_closed { Err(AppError::Problem(ProblemCode::Forbidden)) } else { authorize(&self.actor, id, place) }
    }
}

impl FromRequest for Candidate {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let entrant = Entrant::from_request(request, payload);
        Box::pin(async move {
            let entrant = entrant.await?;
            match entrant.only {
                Some(_) => Ok(Self { only: entrant.only, actor: entrant.actor }),
                None => Ok(Self { only: None, actor: entrant.whole()? }),
            }
        })
    }
}

/// Knows who an access token belongs to; `identity` implements it and `app` wires it.
pub trait ActorSource {
    /// Who stands behind `token`.
    fn entrant<'a>(&'a self, token: &'a str, request_id: String) -> LocalBoxFuture<'a, AppResult<Entrant>>;

    /// Whose token this is, by its signature and its time alone; and the only sitting that it is for, if it is for one.
    ///
    /// # Errors
    /// `unauthenticated` if it is not valid.
    fn holder(&self, token: &str) -> AppResult<(AccountId, Option<SittingId>)>;
}

impl FromRequest for Actor {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let entrant = Entrant::from_request(request, payload);
        Box::pin(async move { entrant.await?.whole() })
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
    /// The only sitting that the token is for, if it came of an admission ticket.
    pub only: Option<SittingId>,
    /// The request.
    pub request_id: String,
}

impl TokenHolder {
    /// Whether the token is for this sitting.
    ///
    /// # Errors
    /// `not-found` if it came of a ticket for another one.
    pub fn hold_to(&self, id: SittingId) -> AppResult<()> {
        if self.only.is_none_or(|only| only == id) { Ok(()) } else { Err(AppError::not_found()) }
    }
}

impl FromRequest for TokenHolder {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let unauthenticated = || AppError::Problem(ProblemCode::Unauthenticated);
        let holder = bearer(request).ok_or_else(unauthenticated).and_then(|token| {
            let source = request.app_data::<Data<dyn ActorSource>>();
            source.ok_or_else(|| AppError::internal("no source of actors is wired"))?.holder(&token)
        });
        let request_id = RequestId::from_request(request, payload);
        Box::pin(async move {
            let (account_id, only) = holder?;
            Ok(Self { account_id, only, request_id: request_id.await.map(|id| id.0).unwrap_or_default() })
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
