//! Accounts of staff, as who keeps them sees them.

use super::{NamedPlace, holds_long_number};
use crate::{
    ids::{AccountId, RoleGrantId},
    person::normalise_name,
    problem::{FieldError, ProblemCode, Refusal},
    rights::{GrantState, Place, Right, Role, RoleAt, carries, text_enum},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Characters of an account name.
const LOGIN_NAME_CHARS: RangeInclusive<usize> = 3..=40;

/// Body of `POST /accounts`: a member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewStaffAccount {
    /// What they log in by: letters, digits, `.`, `-` and `_`; neither a phone nor a document's number.
    pub login_name: String,
    /// Their name.
    pub display_name: String,
    /// Where they work; who keeps accounts there keeps this one.
    pub place: NamedPlace,
}

impl NewStaffAccount {
    /// The account name and the name in the form in which they are kept.
    ///
    /// # Errors
    /// All fields that are wrong.
    pub fn check(&self) -> Result<(String, String), Vec<FieldError>> {
        let login_name = check_login_name(&self.login_name).map_err(|code| FieldError::new("/login_name", code));
        let display_name = normalise_name(&self.display_name).ok_or_else(|| {
            let code = if self.display_name.trim().is_empty() { "required" } else { "name-malformed" };
            FieldError::new("/display_name", code)
        });
        match (login_name, display_name) {
            (Ok(login_name), Ok(display_name)) => Ok((login_name, display_name)),
            (login_name, display_name) => Err(login_name.err().into_iter().chain(display_name.err()).collect()),
        }
    }
}

fn check_login_name(text: &str) -> Result<String, &'static str> {
    let name = text.trim().to_lowercase();
    if name.is_empty() {
        return Err("required");
    }
    let has_form = name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_'));
    match has_form && LOGIN_NAME_CHARS.contains(&name.len()) {
        _ if holds_long_number(&name) => Err("login-name-number"),
        true => Ok(name),
        false => Err("staff-name-malformed"),
    }
}

text_enum! {
    /// What of accounts is to be looked at: `GET /accounts?state=`.
    AccountState {
        /// The first password waits to be replaced.
        FirstPassword = "first_password",
        /// Log-in takes no second factor.
        PasswordAlone = "password_alone",
        /// Its owner holds no role at the reader's places, any more or yet.
        WithoutRole = "without_role",
    }
}

/// A role of an account, in a list of accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRole {
    /// The grant.
    pub id: RoleGrantId,
    /// The role.
    pub role: Role,
    /// Where it is held.
    pub place: Place,
    /// The same in words.
    pub place_name: String,
    /// Whether it is in force yet.
    pub state: GrantState,
}

/// One account: `GET /accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    /// The account.
    pub id: AccountId,
    /// The account name.
    pub login_name: String,
    /// The person's name.
    pub display_name: String,
    /// Whether the first password waits to be replaced.
    pub has_first_password: bool,
    /// Whether log-in takes a second factor.
    pub has_second_factor: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// The roles at the reader's places.
    pub roles: Vec<AccountRole>,
}

/// Reply of `POST /accounts` and `POST /accounts/{id}/password`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FirstPassword {
    /// Whose it is.
    pub account_id: AccountId,
    /// The account name.
    pub login_name: String,
    /// The password for the first log-in; shown once, so it is absent when a request is repeated.
    pub password: Option<String>,
    /// Until when it can be used.
    pub usable_until: Timestamp,
}

/// Body of what is done to another's account, and says why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResetAccount {
    /// Why.
    pub reason: String,
}

/// Why somebody else's password or second factor is not reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResetRefusal {
    /// It is the actor's own account.
    #[error("it is the actor's own account")]
    OwnAccount,
    /// Who could be somebody's second person is not in anybody's hand.
    #[error("the account keeps accounts itself")]
    KeepsAccounts,
}

impl Refusal for ResetRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::OwnAccount => "wrong-state.own-account",
            Self::KeepsAccounts => "wrong-state.keeps-accounts",
        }
    }
}

/// Whether `actor` may give `holder`, who has these roles, a first password. Whoever grants roles needs
/// a second person for the powerful ones; nobody may become that person by resetting a password.
///
/// # Errors
/// [`ResetRefusal`] says why not.
pub fn may_reset_password(actor: AccountId, holder: AccountId, roles: &[RoleAt]) -> Result<(), ResetRefusal> {
    may_reset_second_factor(actor, holder)?;
    let keeps_accounts = roles.iter().any(|held| carries(held.role, Right::GrantRole));
    if keeps_accounts { Err(ResetRefusal::KeepsAccounts) } else { Ok(()) }
}

/// Whether `actor` may turn the second factor of `holder` off. The password stays what it was.
///
/// # Errors
/// [`ResetRefusal::OwnAccount`].
pub fn may_reset_second_factor(actor: AccountId, holder: AccountId) -> Result<(), ResetRefusal> {
    if actor == holder { Err(ResetRefusal::OwnAccount) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::DivisionCode;
    use uuid::Uuid;

    #[test]
    fn what_is_to_be_looked_at_has_its_words() {
        let keys: Vec<_> = AccountState::ALL.iter().map(|state| format!("account_{state}")).collect();
        let files = [include_str!("../../locales/zh-CN/rights.json"), include_str!("../../locales/en/rights.json")];
        assert!(crate::problem::are_named(files, &keys));
    }

    #[test]
    fn nobody_becomes_the_second_person_by_resetting_a_password() {
        let (wang, li) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        let at = |role| [RoleAt { role, place: Place::division("33") }];
        assert_eq!(may_reset_password(wang, li, &at(Role::Marker)), Ok(()));
        assert_eq!(may_reset_password(wang, wang, &[]), Err(ResetRefusal::OwnAccount));
        assert_eq!(may_reset_password(wang, li, &at(Role::SecurityAdministrator)), Err(ResetRefusal::KeepsAccounts));
        assert_eq!(may_reset_second_factor(wang, li), Ok(()));
        assert_eq!(may_reset_second_factor(wang, wang), Err(ResetRefusal::OwnAccount));
        for refusal in [ResetRefusal::OwnAccount, ResetRefusal::KeepsAccounts] {
            assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    #[track_caller]
    fn check(login_name: &str, display_name: &str, expected: Result<(&str, &str), &[(&str, &str)]>) {
        let place = NamedPlace::Division { code: DivisionCode::ZHEJIANG };
        let new = NewStaffAccount { login_name: login_name.to_owned(), display_name: display_name.to_owned(), place };
        let checked = new.check();
        match expected {
            Ok((login_name, display_name)) => {
                assert_eq!(checked, Ok((login_name.to_owned(), display_name.to_owned())));
            }
            Err(wrong) => {
                let found = checked.unwrap_err();
                let found: Vec<_> = found.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
                assert_eq!(found, wrong);
            }
        }
    }

    #[test]
    fn an_account_name_is_kept_in_small_letters() {
        check(" Wang.HM_2 ", "王慧敏", Ok(("wang.hm_2", "王慧敏")));
    }

    #[test]
    fn what_is_no_account_name_is_refused() {
        check("ab", "王慧敏", Err(&[("/login_name", "staff-name-malformed")]));
        check("王慧敏", "王慧敏", Err(&[("/login_name", "staff-name-malformed")]));
        check("wang hm", "王慧敏", Err(&[("/login_name", "staff-name-malformed")]));
        for number in ["13800138000", "138 0013 8000", "33019919850314002X", "１３８００１３８０００"] {
            check(number, "王慧敏", Err(&[("/login_name", "login-name-number")]));
        }
        check(" ", " ", Err(&[("/login_name", "required"), ("/display_name", "required")]));
    }
}
