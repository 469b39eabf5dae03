//! A learner is sent to a tool: the tool asks who they are, and is answered once (LTI 1.3 Core §5.1.1, OIDC Core
//! §3.2.2 by `form_post`).

use crate::{
    ids::{ExternalLaunchId, ExternalSubjectId, ExternalToolId},
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// How long the tool may take to ask, in seconds.
pub const LAUNCH_S: i64 = 300;
/// Characters of what the tool wants to see again.
const MAX_STATE_CHARS: usize = 4_000;
/// Characters of a nonce.
const MAX_NONCE_CHARS: usize = 255;

/// What a tool asks at the authorization endpoint. What it says beside is not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuthorizationRequest {
    /// `openid`.
    pub scope: String,
    /// `id_token`.
    pub response_type: String,
    /// `form_post`.
    pub response_mode: String,
    /// `none`.
    pub prompt: String,
    /// Who asks.
    pub client_id: String,
    /// Where the answer goes.
    pub redirect_uri: String,
    /// Whom it is about.
    pub login_hint: String,
    /// Which launch it is about.
    pub lti_message_hint: String,
    /// What the tool wants to see again; may be empty.
    pub state: String,
    /// What the tool will find in the token, once.
    pub nonce: String,
}

/// A launch that was begun, as far as it decides whether the tool is answered.
#[derive(Clone, Copy, Debug)]
pub struct KnownLaunch<'a> {
    /// The launch.
    pub id: ExternalLaunchId,
    /// The tool to which the learner was sent.
    pub tool_id: ExternalToolId,
    /// Whether learners are still sent to it.
    pub is_active: bool,
    /// Where it may have them sent back.
    pub redirect_urls: &'a [String],
    /// As whom the tool knows the learner.
    pub subject: ExternalSubjectId,
    /// When they were sent.
    pub made_at: Timestamp,
    /// Whether the tool was answered before.
    pub is_answered: bool,
    /// Whether it is asked in the browser in which the learner was sent.
    pub is_same_browser: bool,
}

/// Why a learner is not sent to a tool, or the tool not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LaunchRefusal {
    /// This installation has no key by which tools would believe it.
    #[error("there is no key for tools")]
    NoKey,
    /// The tool was switched off.
    #[error("the tool is not in use")]
    ToolOff,
    /// The tool asks in a form that LTI does not know.
    #[error("{field} is not as LTI asks for it")]
    Unreadable {
        /// What is wrong.
        field: &'static str,
    },
    /// The tool asks of a launch of another tool, or another learner.
    #[error("the launch is not of this tool and learner")]
    Foreign,
    /// The answer would go where the tool is not registered.
    #[error("the address is not registered")]
    UnknownAddress,
    /// It asks too late, or there was no such launch.
    #[error("the launch is over")]
    Over,
    /// It was answered before.
    #[error("the launch was answered")]
    Answered,
    /// It is asked in another browser than the learner's.
    #[error("the launch is of another browser")]
    OtherBrowser,
}

impl Refusal for LaunchRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Unreadable { .. } => ProblemCode::Malformed,
            _ => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NoKey => "wrong-state.launch-no-key",
            Self::ToolOff => "wrong-state.launch-tool-off",
            Self::Unreadable { .. } => "malformed.launch",
            Self::Foreign | Self::UnknownAddress => "wrong-state.launch-foreign",
            Self::Over | Self::Answered => "wrong-state.launch-over",
            Self::OtherBrowser => "wrong-state.launch-other-browser",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Unreadable { field } => serde_json::json!({ "field": field }),
            _ => serde_json::Value::Null,
        }
    }
}

/// Whether a tool is answered.
///
/// # Errors
/// [`LaunchRefusal`]; then nothing is sent anywhere, least of all to the address that the tool named.
pub fn check_authorization(
    asked: &AuthorizationRequest,
    launch: &KnownLaunch<'_>,
    now: Timestamp,
) -> Result<(), LaunchRefusal> {
    if asked.client_id != launch.tool_id.to_string()
        || asked.lti_message_hint != launch.id.to_string()
        || asked.login_hint != launch.subject.to_string()
    {
        return Err(LaunchRefusal::Foreign);
    }
    if !launch.redirect_urls.contains(&asked.redirect_uri) {
        return Err(LaunchRefusal::UnknownAddress);
    }
    if !launch.is_active {
        return Err(LaunchRefusal::ToolOff);
    }
    check_form(asked)?;
    if launch.is_answered {
        return Err(LaunchRefusal::Answered);
    }
    let age_ms = now.ms_since(launch.made_at);
    if !(0..=LAUNCH_S * 1_000).contains(&age_ms) {
        return Err(LaunchRefusal::Over);
    }
    // Last, since the browser forgets a launch that is over.
    if launch.is_same_browser { Ok(()) } else { Err(LaunchRefusal::OtherBrowser) }
}

/// Whether a request is one that LTI knows.
fn check_form(asked: &AuthorizationRequest) -> Result<(), LaunchRefusal> {
    let is_openid = asked.scope.split(' ').any(|scope| scope == "openid");
    let nonce_chars = asked.nonce.chars().count();
    let fields = [
        ("scope", is_openid),
        ("response_type", asked.response_type == "id_token"),
        ("response_mode", asked.response_mode == "form_post"),
        ("prompt", asked.prompt == "none"),
        ("nonce", (1..=MAX_NONCE_CHARS).contains(&nonce_chars)),
        ("state", asked.state.chars().count() <= MAX_STATE_CHARS),
    ];
    match fields.into_iter().find(|(_, is_right)| !is_right) {
        Some((field, _)) => Err(LaunchRefusal::Unreadable { field }),
        None => Ok(()),
    }
}
