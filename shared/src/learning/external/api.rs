//! Requests and responses of `/external_tools`, `/external_tool_choices` and `/me/activities/{id}/launches`.

use super::ExternalToolState;
use crate::{
    ids::{AccountId, ExternalSubjectId, ExternalToolId},
    points::Points,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A tool as those see it who keep tools. Its id is what it calls its client id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalTool {
    /// The tool.
    pub id: ExternalToolId,
    /// What authors and learners know it by.
    pub title: String,
    /// Where it begins a log-in.
    pub login_url: String,
    /// Where it may have learners sent back.
    pub redirect_urls: Vec<String>,
    /// What its keys are called.
    pub key_ids: Vec<String>,
    /// Where its registration stands.
    pub state: ExternalToolState,
    /// What it is for.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// Their name.
    pub proposed_by_name: String,
    /// When they did.
    pub proposed_at: Timestamp,
    /// Name of who approved it; empty unless somebody did.
    pub approved_by_name: String,
    /// Name of who refused it or switched it off; empty unless somebody did.
    pub ended_by_name: String,
    /// Why they did.
    pub answer: Option<String>,
}

/// What the operator of a tool enters there about this installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalPlatform {
    /// Who signs (`iss`).
    pub issuer: String,
    /// Where the tool asks who a learner is.
    pub authorization_url: String,
    /// Where it gets tokens.
    pub token_url: String,
    /// Where the keys are by which it believes us.
    pub keys_url: String,
    /// The deployment of every tool.
    pub deployment_id: String,
    /// Whether this installation has a key for tools: without one nobody is sent to any.
    pub has_key: bool,
}

/// Every tool, the newest first: `GET /external_tools`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalToolBook {
    /// What is entered at a tool.
    pub platform: ExternalPlatform,
    /// The tools.
    pub tools: Vec<ExternalTool>,
}

/// A tool that an author may choose: of `GET /external_tool_choices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalToolChoice {
    /// The tool.
    pub id: ExternalToolId,
    /// What it is called.
    pub title: String,
}

/// Reply of `POST /me/activities/{id}/launches`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalLaunch {
    /// Where the learner's browser goes, within [`super::LAUNCH_S`].
    pub url: String,
    /// What the tool is called.
    pub tool_title: String,
}

/// What a tool knows of a learner: of `GET /me/data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnExternalSubject {
    /// As whom the tool knows the learner.
    pub subject: ExternalSubjectId,
    /// What the tool is called.
    pub tool_title: String,
    /// What it reported, the last first.
    pub scores: Vec<OwnExternalScore>,
}

/// What a tool reported of a learner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnExternalScore {
    /// The title of the course.
    pub course_title: String,
    /// Whether the tool said that the activity was completed.
    pub is_completed: bool,
    /// The points; absent unless the score stood.
    pub given: Option<Points>,
    /// The most that there were.
    pub most: Option<Points>,
    /// When the report came.
    pub received_at: Timestamp,
}
