//! What the author of an activity says of the tool in which it lies.

use super::{MAX_ADDRESS_CHARS, MAX_TOOL_TITLE_CHARS, is_web_address};
use crate::{
    ids::ExternalToolId,
    learning::{CourseContent, MAX_TOPIC_CHARS},
    problem::FieldError,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of all parameters of a link.
pub const MAX_PARAMETERS_CHARS: usize = 5_000;
/// Parameters of a link.
pub const MAX_PARAMETERS: usize = 50;

/// Where an activity lies, and what completes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExternalLink {
    /// The tool; absent until the author has chosen one.
    pub tool_id: Option<ExternalToolId>,
    /// What the tool was called when it was chosen: for who reads what has changed.
    pub tool_title: String,
    /// What is to be opened in the tool (its target link URI).
    pub target_url: String,
    /// What is done there, in plain text; may be empty.
    pub about: String,
    /// What the tool is told beside, a line each: `name=value`.
    pub parameters: String,
    /// Per cent of the points from which it counts as done; at 0 it does when the tool says that it was completed.
    pub needs_pct: u8,
}

impl ExternalLink {
    /// What the tool is told beside, by name; none if a line says nothing of the kind.
    #[must_use]
    pub fn custom(&self) -> Option<BTreeMap<String, String>> {
        let lines = self.parameters.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut found = BTreeMap::new();
        for line in lines {
            let (name, value) = line.split_once('=').map(|(name, value)| (name.trim(), value.trim()))?;
            let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-');
            let is_new = !name.is_empty() && name.chars().all(is_name);
            if !is_new || found.insert(name.to_owned(), value.to_owned()).is_some() {
                return None;
            }
        }
        (found.len() <= MAX_PARAMETERS).then_some(found)
    }

    /// The link as it is read, a line each; what needs words is told by signs.
    pub(in crate::learning) fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.about.clone(), self.tool_title.clone()];
        lines.extend((!self.target_url.is_empty()).then(|| format!("↗ {}", self.target_url)));
        lines.extend(self.parameters.lines().map(|line| line.trim().to_owned()));
        lines.extend((self.needs_pct > 0).then(|| format!("≥ {} %", self.needs_pct)));
        lines
    }

    /// What makes it impossible to keep.
    pub(in crate::learning) fn check_kept(&self, errors: &mut Vec<FieldError>, here: &str) {
        let texts = [
            ("tool_title", &self.tool_title, MAX_TOOL_TITLE_CHARS),
            ("target_url", &self.target_url, MAX_ADDRESS_CHARS),
            ("about", &self.about, MAX_TOPIC_CHARS),
            ("parameters", &self.parameters, MAX_PARAMETERS_CHARS),
        ];
        let too_long = texts.into_iter().filter(|(_, text, most)| text.chars().count() > *most);
        errors.extend(too_long.map(|(name, _, _)| FieldError::new(format!("{here}/{name}"), "too-long")));
    }

    /// What stands between it and its publication.
    pub(in crate::learning) fn check_published(&self, errors: &mut Vec<FieldError>, here: &str) {
        let mut wrong = |name: &str, code: &str| errors.push(FieldError::new(format!("{here}/{name}"), code));
        if self.tool_id.is_none() {
            wrong("tool_id", "required");
        }
        if self.target_url.is_empty() {
            wrong("target_url", "required");
        } else if !is_web_address(&self.target_url) {
            wrong("target_url", "web-address");
        }
        if self.custom().is_none() {
            wrong("parameters", "custom-parameters");
        }
        if self.needs_pct > 100 {
            wrong("needs_pct", "out-of-range");
        }
    }
}

/// The activities of a content whose tool is not among those in use.
#[must_use]
pub fn links_without(content: &CourseContent, active: &BTreeSet<ExternalToolId>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (at, module) in content.modules.iter().enumerate() {
        for (unit_at, unit) in module.units.iter().enumerate() {
            for (activity_at, activity) in unit.activities.iter().enumerate() {
                let tool = activity.body.external().and_then(|link| link.tool_id);
                if tool.is_some_and(|tool| !active.contains(&tool)) {
                    let here = format!("/modules/{at}/units/{unit_at}/activities/{activity_at}/body/link/tool_id");
                    errors.push(FieldError::new(here, "tool-off"));
                }
            }
        }
    }
    errors
}
