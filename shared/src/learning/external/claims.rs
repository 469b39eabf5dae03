//! What a tool is told of a learner: as little as LTI allows. No name, no number, no phone, and a subject that is another
//! one at each tool.

use super::ExternalLink;
use crate::{
    ids::{ActivityId, CourseId, ExternalSubjectId, ExternalToolId},
    time::Timestamp,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// The deployment of every tool: it has one, the whole province.
pub const EXTERNAL_DEPLOYMENT: &str = "1";
/// How long a tool may believe what it was told, in seconds.
pub const ID_TOKEN_S: i64 = 300;
/// What a tool may do at the line item of a link.
pub const SCORE_SCOPE: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/score";

/// What a tool is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LaunchClaims {
    iss: String,
    sub: ExternalSubjectId,
    aud: ExternalToolId,
    azp: ExternalToolId,
    iat: i64,
    exp: i64,
    nonce: String,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/message_type")]
    message_type: &'static str,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/version")]
    version: &'static str,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/deployment_id")]
    deployment_id: &'static str,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/target_link_uri")]
    target_link_uri: String,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/resource_link")]
    resource_link: ResourceLink,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/roles")]
    roles: [&'static str; 1],
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/context")]
    context: Context,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/custom", skip_serializing_if = "BTreeMap::is_empty")]
    custom: BTreeMap<String, String>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint")]
    endpoint: Endpoint,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ResourceLink {
    id: ActivityId,
    title: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Context {
    id: CourseId,
    title: String,
    r#type: [&'static str; 1],
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Endpoint {
    scope: [&'static str; 1],
    lineitem: String,
}

/// Of what a launch is.
#[derive(Clone, Copy, Debug)]
pub struct Launched<'a> {
    /// The address of this installation.
    pub issuer: &'a str,
    /// The tool.
    pub tool_id: ExternalToolId,
    /// As whom the tool knows the learner.
    pub subject: ExternalSubjectId,
    /// The activity.
    pub activity_id: ActivityId,
    /// Its title.
    pub title: &'a str,
    /// Where it lies.
    pub link: &'a ExternalLink,
    /// The course.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: &'a str,
}

impl Launched<'_> {
    /// What the tool is told, with what it wants to find in it.
    #[must_use]
    pub fn claims(&self, nonce: &str, now: Timestamp) -> LaunchClaims {
        let iat = now.0.div_euclid(1_000);
        LaunchClaims {
            iss: self.issuer.to_owned(),
            sub: self.subject,
            aud: self.tool_id,
            azp: self.tool_id,
            iat,
            exp: iat + ID_TOKEN_S,
            nonce: nonce.to_owned(),
            message_type: "LtiResourceLinkRequest",
            version: "1.3.0",
            deployment_id: EXTERNAL_DEPLOYMENT,
            target_link_uri: self.link.target_url.clone(),
            resource_link: ResourceLink { id: self.activity_id, title: self.title.to_owned() },
            roles: ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            context: Context {
                id: self.course_id,
                title: self.course_title.to_owned(),
                r#type: ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"],
            },
            custom: self.link.custom().unwrap_or_default(),
            endpoint: Endpoint { scope: [SCORE_SCOPE], lineitem: line_item(self.issuer, self.activity_id) },
        }
    }
}

/// The address of the line item of an activity.
#[must_use]
pub fn line_item(issuer: &str, id: ActivityId) -> String {
    format!("{issuer}/lti/line_items/{id}")
}
