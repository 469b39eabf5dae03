//! Who an access token belongs to.

use super::{
    logins::{Identity, need_of},
    store,
};
use crate::{
    access::{Actor, ActorSource, Entrant},
    platform::error::{AppError, AppResult},
};
use futures::future::LocalBoxFuture;
use shared::{
    ids::{AccountId, SittingId},
    problem::ProblemCode,
};

impl ActorSource for Identity {
    fn entrant<'a>(&'a self, token: &'a str, request_id: String) -> LocalBoxFuture<'a, AppResult<Entrant>> {
        Box::pin(async move {
            let claims = self.tokens.read(token, self.cx.clock.now())?;
            let conn = self.cx.db.read();
            let login = store::find_open_login(conn, claims.sid).await?;
            let login = login.filter(|login| login.account_id == claims.sub);
            let login = login.ok_or(AppError::Problem(ProblemCode::Unauthenticated))?;
            let roles = store::list_roles(conn, claims.sub).await?;
            let actor = Actor { account_id: claims.sub, login_id: claims.sid, roles, request_id };
            Ok(Entrant { actor, need: need_of(&login)?, only: login.sitting_id })
        })
    }

    fn holder(&self, token: &str) -> AppResult<(AccountId, Option<SittingId>)> {
        let claims = self.tokens.read(token, self.cx.clock.now())?;
        Ok((claims.sub, claims.sitting))
    }
}
