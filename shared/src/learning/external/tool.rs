//! A tool is registered by two persons of the office that keeps tools, and switched off by one.

use super::{MAX_ADDRESS_CHARS, is_web_address};
use crate::{
    ids::AccountId,
    people::check_reason,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Characters of the title of a tool.
pub const MAX_TOOL_TITLE_CHARS: usize = 100;
/// Addresses to which a tool may have learners sent back.
pub const MAX_REDIRECT_URLS: usize = 10;
/// Characters of a set of keys.
pub const MAX_KEY_SET_CHARS: usize = 20_000;
/// Keys of a tool.
pub const MAX_TOOL_KEYS: usize = 10;
/// Bytes of the modulus of a key: 2048 to 4096 bits.
const MODULUS_BYTES: std::ops::RangeInclusive<usize> = 256..=512;
/// Characters of a key's name.
const MAX_KEY_ID_CHARS: usize = 200;

text_enum! {
    /// Where the registration of a tool stands.
    ExternalToolState {
        /// It waits for another person.
        Proposed = "proposed",
        /// Learners are sent to it.
        Active = "active",
        /// It was refused, or taken back before it was approved.
        Refused = "refused",
        /// It was switched off.
        Ended = "ended",
    }
}

/// What somebody does with a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternalToolStep {
    /// Let learners be sent to the tool.
    Approve,
    /// Refuse it, take it back, or switch it off.
    End,
}

/// A registration, as far as it decides what may become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExternalToolCase {
    /// Where it stands.
    pub state: ExternalToolState,
    /// Who proposed it.
    pub proposed_by: AccountId,
}

/// Why a registration is not decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExternalToolRefusal {
    /// It was decided.
    #[error("the registration is {state}")]
    Closed {
        /// Where it stands.
        state: ExternalToolState,
    },
    /// Who proposed it may not approve it.
    #[error("another person must approve")]
    SecondPersonNeeded,
}

impl Refusal for ExternalToolRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Closed { .. } => ProblemCode::WrongState,
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
        }
    }
}

/// What becomes of a registration. A tool that learners are sent to is switched off by one person at once, since it may
/// be that it does harm; it comes back by a new registration alone.
///
/// # Errors
/// [`ExternalToolRefusal`].
pub fn next_external_tool_state(
    case: &ExternalToolCase,
    step: ExternalToolStep,
    by: AccountId,
) -> Result<ExternalToolState, ExternalToolRefusal> {
    use {ExternalToolState as State, ExternalToolStep as Step};
    match (case.state, step) {
        (State::Proposed, Step::Approve) if case.proposed_by == by => Err(ExternalToolRefusal::SecondPersonNeeded),
        (State::Proposed, Step::Approve) => Ok(State::Active),
        (State::Proposed, Step::End) => Ok(State::Refused),
        (State::Active, Step::End) => Ok(State::Ended),
        (state, _) => Err(ExternalToolRefusal::Closed { state }),
    }
}

/// Body of `POST /external_tools`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewExternalTool {
    /// What authors and learners know it by.
    pub title: String,
    /// Where the tool begins a log-in (its login initiation URL).
    pub login_url: String,
    /// Where the tool may have learners sent back with who they are (its redirect URIs).
    pub redirect_urls: Vec<String>,
    /// The tool's public keys, as a JSON Web Key Set.
    pub keys: String,
    /// What it is for, and on whose word.
    pub reason: String,
}

/// A public RSA key of a tool (RFC 7517, RFC 7518 §6.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolKey {
    /// What it is called.
    pub kid: String,
    /// The modulus.
    pub n: String,
    /// The exponent.
    pub e: String,
}

/// What was said of a tool, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedTool {
    /// What authors and learners know it by.
    pub title: String,
    /// Its public keys.
    pub keys: Vec<ToolKey>,
    /// What it is for.
    pub reason: String,
}

impl NewExternalTool {
    /// What is to be kept, if everything is in order.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn check(&self) -> Result<CheckedTool, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |pointer: &str, code: &str| errors.push(FieldError::new(pointer, code));
        let title = self.title.trim();
        if title.is_empty() {
            wrong("/title", "required");
        } else if title.chars().count() > MAX_TOOL_TITLE_CHARS {
            wrong("/title", "too-long");
        }
        if let Some(code) = address_fault(&self.login_url) {
            wrong("/login_url", code);
        }
        if self.redirect_urls.is_empty() {
            wrong("/redirect_urls", "required");
        } else if self.redirect_urls.len() > MAX_REDIRECT_URLS {
            wrong("/redirect_urls", "too-long");
        } else if let Some(code) = self.redirect_urls.iter().find_map(|url| address_fault(url)) {
            wrong("/redirect_urls", code);
        }
        let keys = read_key_set(&self.keys).unwrap_or_else(|code| {
            wrong("/keys", code);
            Vec::new()
        });
        let reason = check_reason(&self.reason, "/reason").unwrap_or_else(|error| {
            errors.push(error);
            String::new()
        });
        if errors.is_empty() { Ok(CheckedTool { title: title.to_owned(), keys, reason }) } else { Err(errors) }
    }
}

fn address_fault(url: &str) -> Option<&'static str> {
    match url {
        "" => Some("required"),
        url if url.chars().count() > MAX_ADDRESS_CHARS => Some("too-long"),
        url => (!is_web_address(url)).then_some("web-address"),
    }
}

/// The public keys of a JSON Web Key Set.
fn read_key_set(text: &str) -> Result<Vec<ToolKey>, &'static str> {
    #[derive(Deserialize)]
    struct KeySet {
        keys: Vec<serde_json::Map<String, serde_json::Value>>,
    }
    if text.trim().is_empty() {
        return Err("required");
    }
    if text.chars().count() > MAX_KEY_SET_CHARS {
        return Err("too-long");
    }
    let set: KeySet = serde_json::from_str(text).map_err(|_| "key-set")?;
    // Whoever hands in a private key has to make another one: this one is known to others by now.
    if set.keys.iter().any(|key| key.contains_key("d")) {
        return Err("private-key");
    }
    let keys: Option<Vec<ToolKey>> = set.keys.iter().map(read_key).collect();
    let keys = keys.filter(|keys| (1..=MAX_TOOL_KEYS).contains(&keys.len())).ok_or("key-set")?;
    let names: BTreeSet<&str> = keys.iter().map(|key| key.kid.as_str()).collect();
    if names.len() == keys.len() { Ok(keys) } else { Err("key-set") }
}

/// A key that may verify what RS256 signed.
fn read_key(key: &serde_json::Map<String, serde_json::Value>) -> Option<ToolKey> {
    let text = |name: &str| key.get(name).and_then(serde_json::Value::as_str);
    let is_for_signing = text("use").is_none_or(|usage| usage == "sig") && text("alg").is_none_or(|alg| alg == "RS256");
    let (kid, n, e) = (text("kid")?, text("n")?, text("e")?);
    let is_named = (1..=MAX_KEY_ID_CHARS).contains(&kid.chars().count());
    let modulus = URL_SAFE_NO_PAD.decode(n).ok()?;
    let exponent = URL_SAFE_NO_PAD.decode(e).ok()?;
    let is_strong = MODULUS_BYTES.contains(&modulus.len()) && modulus.first().is_some_and(|first| *first >= 0x80);
    let is_usual = exponent == [1, 0, 1];
    let is_right = text("kty") == Some("RSA") && is_for_signing && is_named && is_strong && is_usual;
    is_right.then(|| ToolKey { kid: kid.to_owned(), n: n.to_owned(), e: e.to_owned() })
}
