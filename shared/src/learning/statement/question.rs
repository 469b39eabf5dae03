//! What a system asks of statements: the parameters of `GET statements` (xAPI 1.0.3, part three, 2.1.3).

use super::check::{is_account, is_web_address};
use crate::time::Timestamp;
use serde_json::{Map, Value};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Most statements of one reply.
pub const MAX_STATEMENTS: usize = 200;

/// The parameters that may stand beside the id of one statement.
const BESIDE_AN_ID: [&str; 4] = ["statementId", "voidedStatementId", "attachments", "format"];
/// By what an agent is known.
const IDENTIFIERS: [&str; 4] = ["mbox", "mbox_sha1sum", "openid", "account"];

/// In how many words a statement is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatementFormat {
    /// Whoever and whatever it names by their ids alone.
    Ids,
    /// As it is.
    #[default]
    Exact,
    /// Each word in one language. All of ours have one language, so that this is the same.
    Canonical,
}

/// Who is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedAgent {
    /// The account of a system.
    Account {
        /// The system.
        home_page: String,
        /// The account.
        name: String,
    },
    /// Somebody known by something by which nobody is known here.
    Other,
}

/// Which statements are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementFilter {
    /// Whose they are.
    pub agent: Option<AskedAgent>,
    /// Their verb.
    pub verb: Option<String>,
    /// What they are about.
    pub activity: Option<String>,
    /// Their registration.
    pub registration: Option<Uuid>,
    /// Whether whoever says that it is so is meant, too.
    pub has_related_agents: bool,
    /// Whether what stands around their object is meant, too.
    pub has_related_activities: bool,
    /// Those that came after an instant.
    pub since: Option<Timestamp>,
    /// Those that came at an instant or before.
    pub until: Option<Timestamp>,
}

/// Where a statement stands in the order in which statements came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementKey {
    /// When it came.
    pub stored: Timestamp,
    /// When it was done.
    pub at: Timestamp,
    /// Where it stands among what was done at the same instant.
    pub rank: u8,
    /// Its id.
    pub id: Uuid,
}

impl fmt::Display for StatementKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}.{}", self.stored.0, self.at.0, self.rank, self.id)
    }
}

impl FromStr for StatementKey {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let parts: Vec<&str> = text.split('.').collect();
        let [stored, at, rank, id] = parts[..] else { return Err(()) };
        let instant = |text: &str| text.parse().map(Timestamp).map_err(drop);
        Ok(Self {
            stored: instant(stored)?,
            at: instant(at)?,
            rank: rank.parse().map_err(drop)?,
            id: id.parse().map_err(drop)?,
        })
    }
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatementQuestionFault {
    /// No such parameter is known.
    Unknown(String),
    /// It has another form, or is there twice.
    Wrong(String),
    /// It does not go together with the id of one statement.
    NotBesideAnId(String),
}

impl StatementQuestionFault {
    /// The parameter.
    #[must_use]
    pub fn parameter(&self) -> &str {
        match self {
            Self::Unknown(name) | Self::Wrong(name) | Self::NotBesideAnId(name) => name,
        }
    }
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementQuestion {
    /// One statement alone.
    pub statement_id: Option<Uuid>,
    /// One that was taken back alone.
    pub voided_statement_id: Option<Uuid>,
    /// Which of all.
    pub filter: StatementFilter,
    /// How many at most; 0 is as many as there may be.
    limit: usize,
    /// Whether the first comes first.
    pub is_ascending: bool,
    /// In how many words.
    pub format: StatementFormat,
    /// Whether the reply is to have parts for attachments.
    pub has_attachments: bool,
    /// Those that follow this one in the order that is asked for.
    pub after: Option<StatementKey>,
}

impl StatementQuestion {
    /// Reads the parameters.
    ///
    /// # Errors
    /// The first that is not right. Names are known as they are written: `statementid` is none.
    pub fn read<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, StatementQuestionFault> {
        let (mut question, mut named) = (Self::default(), Vec::new());
        for (name, value) in parameters {
            if named.contains(&name) {
                return Err(StatementQuestionFault::Wrong(name.to_owned()));
            }
            question.take(name, value)?;
            named.push(name);
        }
        let is_of_one = question.statement_id.is_some() || question.voided_statement_id.is_some();
        let is_of_two = question.statement_id.is_some() && question.voided_statement_id.is_some();
        let beside = named.into_iter().find(|name| !BESIDE_AN_ID.contains(name)).filter(|_| is_of_one);
        match beside.or(is_of_two.then_some("voidedStatementId")) {
            Some(name) => Err(StatementQuestionFault::NotBesideAnId(name.to_owned())),
            None => Ok(question),
        }
    }

    /// Most statements of the reply.
    #[must_use]
    pub const fn rows(&self) -> usize {
        if self.limit == 0 || self.limit > MAX_STATEMENTS { MAX_STATEMENTS } else { self.limit }
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), StatementQuestionFault> {
        let wrong = || StatementQuestionFault::Wrong(name.to_owned());
        let filter = &mut self.filter;
        match name {
            "statementId" => self.statement_id = Some(read_id(value).ok_or_else(wrong)?),
            "voidedStatementId" => self.voided_statement_id = Some(read_id(value).ok_or_else(wrong)?),
            "agent" => filter.agent = Some(read_agent(value).ok_or_else(wrong)?),
            "verb" => filter.verb = Some(read_iri(value).ok_or_else(wrong)?),
            "activity" => filter.activity = Some(read_iri(value).ok_or_else(wrong)?),
            "registration" => filter.registration = Some(read_id(value).ok_or_else(wrong)?),
            "related_activities" => filter.has_related_activities = read_bool(value).ok_or_else(wrong)?,
            "related_agents" => filter.has_related_agents = read_bool(value).ok_or_else(wrong)?,
            "since" => filter.since = Some(value.parse().map_err(|_| wrong())?),
            "until" => filter.until = Some(value.parse().map_err(|_| wrong())?),
            "limit" => self.limit = value.parse().map_err(|_| wrong())?,
            "format" => self.format = read_format(value).ok_or_else(wrong)?,
            "attachments" => self.has_attachments = read_bool(value).ok_or_else(wrong)?,
            "ascending" => self.is_ascending = read_bool(value).ok_or_else(wrong)?,
            "after" => self.after = Some(value.parse::<StatementKey>().map_err(|()| wrong())?),
            _ => return Err(StatementQuestionFault::Unknown(name.to_owned())),
        }
        Ok(())
    }
}

/// Whether what a request says of its version is one that is spoken here: 1.0 and whatever corrects it.
#[must_use]
pub fn is_known_xapi_version(text: &str) -> bool {
    let is_number = |patch: &str| !patch.is_empty() && patch.bytes().all(|digit| digit.is_ascii_digit());
    text == "1.0" || text.strip_prefix("1.0.").is_some_and(is_number)
}

fn read_id(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text).ok().filter(|_| text.len() == 36)
}

fn read_bool(text: &str) -> Option<bool> {
    text.parse().ok()
}

fn read_format(text: &str) -> Option<StatementFormat> {
    match text {
        "ids" => Some(StatementFormat::Ids),
        "exact" => Some(StatementFormat::Exact),
        "canonical" => Some(StatementFormat::Canonical),
        _ => None,
    }
}

/// An IRI with a scheme.
fn read_iri(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once(':')?;
    let has_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let is_broken = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    (has_scheme && !rest.is_empty() && !rest.contains(is_broken)).then(|| text.to_owned())
}

/// An agent, or a group that is known by itself.
fn read_agent(text: &str) -> Option<AskedAgent> {
    let agent: Map<String, Value> = serde_json::from_str(text).ok()?;
    let is_known = |name: &String| ["objectType", "name", "member"].contains(&name.as_str());
    let kind = agent.get("objectType").map_or(Some("Agent"), Value::as_str)?;
    let mut identifiers = agent.iter().filter(|(name, _)| !is_known(name));
    let (Some((name, value)), None) = (identifiers.next(), identifiers.next()) else { return None };
    let is_whole = match kind {
        "Agent" => !agent.contains_key("member"),
        "Group" => agent.get("member").is_none_or(Value::is_array),
        _ => false,
    };
    let is_named = agent.get("name").is_none_or(Value::is_string);
    if !is_whole || !is_named || !IDENTIFIERS.contains(&name.as_str()) {
        return None;
    }
    match name.as_str() {
        "account" => read_account(value),
        name => is_identifier(name, value.as_str()?).then_some(AskedAgent::Other),
    }
}

fn read_account(value: &Value) -> Option<AskedAgent> {
    let account = value.as_object().filter(|account| is_account(account))?;
    let part = |name: &str| account.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(AskedAgent::Account { home_page: part("homePage")?, name: part("name")? })
}

/// Whether a text is of the form that is asked of what identifies somebody.
fn is_identifier(name: &str, text: &str) -> bool {
    match name {
        "mbox" => text
            .strip_prefix("mailto:")
            .and_then(|address| address.split_once('@'))
            .is_some_and(|(who, at)| !who.is_empty() && !at.is_empty() && !text.contains(char::is_whitespace)),
        "mbox_sha1sum" => text.len() == 40 && text.bytes().all(|digit| digit.is_ascii_hexdigit()),
        _ => is_web_address(text),
    }
}

#[cfg(test)]
mod tests;
