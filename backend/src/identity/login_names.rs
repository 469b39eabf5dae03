//! What accounts are found by when somebody logs in: a name, or the blind index of a phone (ADR 11).

use super::{entity::account, store};
use crate::platform::{
    Services,
    crypto::{BlindIndex, Column},
    error::AppResult,
};
use shared::identity::LoginName;

/// Phones that accounts were activated with.
const PHONE: Column = Column { table: "account", name: "login_phone" };
/// Whatever somebody tries as a name: people type their document's number, too.
const TRIED: Column = Column { table: "account", name: "login_name" };

/// Where a phone is found by.
pub(super) fn phone_index(cx: &Services, phone: &str) -> BlindIndex {
    cx.keys.fields.blind_index(PHONE, phone)
}

/// The account that somebody logs in to.
pub(super) async fn find(cx: &Services, login: &LoginName) -> AppResult<Option<account::Model>> {
    match login {
        LoginName::Name(name) => store::find_account_by_name(cx.db.read(), name).await,
        LoginName::Phone(phone) => store::find_account_by_phone(cx.db.read(), &phone_index(cx, phone)).await,
    }
}

/// Under what tries from a network are counted. It tells nobody what was typed, nor where.
pub(super) fn throttle(cx: &Services, login: &LoginName, network: &str) -> String {
    let tried = format!("{} {network}", login.reveal());
    format!("login:{}", cx.keys.fields.blind_index(TRIED, &tried).to_hex())
}
