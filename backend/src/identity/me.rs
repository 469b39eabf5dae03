//! Who is logged in.

use super::{entity::account, logins::Identity, privacy, store};
use crate::{
    access::Entrant,
    platform::error::{AppError, AppResult},
};
use shared::{
    identity::{LoginNeed, Me},
    ids::SittingId,
};

impl Identity {
    /// Who the actor is.
    ///
    /// # Errors
    /// If the account is gone.
    pub async fn me(&self, entrant: &Entrant) -> AppResult<Me> {
        let account = store::find_account(self.cx.db.read(), entrant.actor.account_id).await?;
        self.me_of(account.ok_or_else(AppError::not_found)?, entrant.need, entrant.only).await
    }

    /// Who came in by a ticket is told nothing of the account but whose it is, and asked for nothing.
    pub(super) async fn me_of(
        &self,
        account: account::Model,
        need: Option<LoginNeed>,
        only: Option<SittingId>,
    ) -> AppResult<Me> {
        let account::Model { id: account_id, display_name, login_name, .. } = account;
        if only.is_some() {
            let (login_name, roles) = (String::new(), Vec::new());
            return Ok(Me { account_id, display_name, login_name, roles, need, sitting: only, is_notice_due: false });
        }
        let roles = store::list_roles(self.cx.db.read(), account_id).await?;
        let is_notice_due = privacy::is_due(self.cx.db.read(), account_id).await?;
        Ok(Me { account_id, display_name, login_name, roles, need, sitting: None, is_notice_due })
    }
}
