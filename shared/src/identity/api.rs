//! Requests and responses of `/logins` and `/me`.

use crate::{
    ids::{AccountId, LoginId, SittingId},
    problem::ProblemCode,
    rights::{RoleAt, text_enum},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What somebody who has logged in must do before anything else.
    LoginNeed {
        /// Choose a password of their own.
        NewPassword = "new_password",
        /// Set up the second factor.
        SecondFactor = "second_factor",
    }
}

impl LoginNeed {
    /// What every other request is answered with until it is done.
    #[must_use]
    pub const fn problem(self) -> ProblemCode {
        match self {
            Self::NewPassword => ProblemCode::PasswordChangeNeeded,
            Self::SecondFactor => ProblemCode::SecondFactorSetupNeeded,
        }
    }
}

/// Body of `POST /logins`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LoginRequest {
    /// Account name, or the phone that the account was activated with.
    pub name: String,
    /// The password.
    pub password: String,
    /// The code of the second factor, or a recovery code, if the account has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Whether the device is the learner's own: their log-in is kept on it for days. That of staff never is.
    #[serde(default)]
    pub is_own_device: bool,
}

/// Reply of `POST /logins` and `POST /logins/refresh`; the refresh token travels in a cookie.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoginReply {
    /// A JWT for the `Authorization: Bearer` header.
    pub access_token: String,
    /// When the access token expires, on the server's clock.
    pub expires_at: Timestamp,
    /// After so many minutes without a renewal the log-in ends.
    pub idle_minutes: u32,
    /// Who logged in.
    pub me: Me,
}

/// Who is logged in: `GET /me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The account.
    pub account_id: AccountId,
    /// The person's name.
    pub display_name: String,
    /// The account name.
    pub login_name: String,
    /// Every role with its place.
    pub roles: Vec<RoleAt>,
    /// What has to be done before anything else can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<LoginNeed>,
    /// The only sitting that is open to them, if an admission ticket let them in: then they have no roles here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sitting: Option<SittingId>,
    /// Whether they are to be shown the privacy notice in force. The pages ask; nothing is refused until then.
    #[serde(default)]
    pub is_notice_due: bool,
}

/// One of the actor's own log-ins: `GET /logins`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoginView {
    /// The log-in.
    pub id: LoginId,
    /// Browser and device, as the browser names itself.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When its token was last renewed.
    pub last_used_at: Timestamp,
    /// Whether this request belongs to it.
    pub is_current: bool,
}

/// One account to try: `GET /demo_accounts`, in demo mode only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoAccount {
    /// Account name.
    pub login_name: String,
    /// Password.
    pub password: String,
    /// The person's name.
    pub display_name: String,
    /// The role this account shows.
    pub role: crate::rights::Role,
}
