//! What a system reads of statements: one alone, or a page of those that it asks for, in the order in which they came.

use super::{
    AskedAgent, DeedWords, StatementFilter, StatementFormat, StatementKey, StatementQuestion, StudyDeed, statement,
};
use crate::{
    ids::AccountId,
    learning::{IntervalRules, OfflineRules},
    time::Timestamp,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

/// The version of the standard by which statements are read.
pub const XAPI_VERSION: &str = "1.0.3";
/// The account, on this system, of whoever says that statements are so: the system itself.
const AUTHORITY: &str = "chengxi";

/// What a system may read.
#[derive(Clone, Debug, Default)]
pub struct ReadableStatements {
    /// What was done, in sessions.
    pub deeds: Vec<StudyDeed>,
    /// What things are called.
    pub words: DeedWords,
    /// Since when each learner is in the class whose statements these are. What they did before came with them.
    pub since: HashMap<AccountId, Timestamp>,
}

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementPage {
    /// The statements.
    pub statements: Vec<Value>,
    /// What the next page follows; absent on the last one.
    pub next: Option<StatementKey>,
}

impl ReadableStatements {
    /// One statement by its id, and when it came.
    #[must_use]
    pub fn find(&self, id: Uuid, format: StatementFormat) -> Option<(Timestamp, Value)> {
        let deed = self.deeds.iter().find(|deed| deed.statement_id() == id)?;
        Some((self.stored_at(deed), self.shown(deed, format)))
    }

    /// The page that is asked for.
    #[must_use]
    pub fn page(&self, question: &StatementQuestion) -> StatementPage {
        let is_meant = |deed: &&StudyDeed| question.filter.lets(deed, self.stored_at(deed), &self.words);
        let mut found: Vec<_> = self.deeds.iter().filter(is_meant).map(|deed| (self.key(deed), deed)).collect();
        found.sort_unstable_by_key(|(key, _)| *key);
        if !question.is_ascending {
            found.reverse();
        }
        if let Some(after) = question.after {
            found.retain(|(key, _)| if question.is_ascending { *key > after } else { *key < after });
        }
        let has_more = found.len() > question.rows();
        found.truncate(question.rows());
        let next = found.last().filter(|_| has_more).map(|(key, _)| *key);
        StatementPage {
            statements: found.into_iter().map(|(_, deed)| self.shown(deed, question.format)).collect(),
            next,
        }
    }

    fn key(&self, deed: &StudyDeed) -> StatementKey {
        let (at, rank, id) = deed.place();
        StatementKey { stored: self.stored_at(deed), at, rank, id }
    }

    /// When a statement came: when it was done, or with its learner.
    fn stored_at(&self, deed: &StudyDeed) -> Timestamp {
        self.since.get(&deed.learner).map_or(deed.at, |since| deed.at.max(*since))
    }

    /// The statement with what its reader is told by us alone.
    fn shown(&self, deed: &StudyDeed, format: StatementFormat) -> Value {
        let mut shown = statement(deed, &self.words);
        if format == StatementFormat::Ids {
            reduce_to_ids(&mut shown);
        }
        let home = &self.words.home;
        if let Value::Object(parts) = &mut shown {
            let authority = json!({ "objectType": "Agent", "account": { "homePage": home, "name": AUTHORITY } });
            parts.insert("authority".to_owned(), authority);
            parts.insert("stored".to_owned(), json!(self.stored_at(deed)));
            parts.insert("version".to_owned(), json!(XAPI_VERSION));
        }
        shown
    }
}

/// Until when a reader has everything: what a phone hands in later was done after that, and so was whatever follows from
/// it, and nobody's session of that time goes on.
#[must_use]
pub fn consistent_through(now: Timestamp, offline: OfflineRules, intervals: IntervalRules) -> Timestamp {
    now.plus_s(offline.max_age_s.saturating_add(intervals.max_gap_s).saturating_neg())
}

impl StatementFilter {
    /// Whether a deed is meant.
    fn lets(&self, deed: &StudyDeed, stored: Timestamp, words: &DeedWords) -> bool {
        self.since.is_none_or(|since| stored > since)
            && self.until.is_none_or(|until| stored <= until)
            && self.verb.as_ref().is_none_or(|verb| *verb == deed.kind.verb().0)
            && self.registration.is_none_or(|registration| registration == deed.registration())
            && self.agent.as_ref().is_none_or(|agent| self.is_by(agent, deed, words))
            && self.activity.as_ref().is_none_or(|activity| self.is_about(activity, deed, words))
    }

    /// Whether it is of an agent.
    fn is_by(&self, agent: &AskedAgent, deed: &StudyDeed, words: &DeedWords) -> bool {
        let AskedAgent::Account { home_page, name } = agent else { return false };
        let is_said_by = self.has_related_agents && name == AUTHORITY;
        *home_page == words.home && (is_said_by || *name == deed.learner.to_string())
    }

    /// Whether it is about an activity.
    fn is_about(&self, activity: &str, deed: &StudyDeed, words: &DeedWords) -> bool {
        let statement = statement(deed, words);
        let is_it = |thing: &Value| thing.get("id").is_some_and(|id| id == activity);
        let around = statement.pointer("/context/contextActivities").filter(|_| self.has_related_activities);
        let mut around =
            around.and_then(Value::as_object).into_iter().flatten().filter_map(|(_, list)| list.as_array());
        statement.get("object").is_some_and(is_it) || around.any(|list| list.iter().any(is_it))
    }
}

/// Leaves of verbs and activities their ids. Of a person there is nothing else.
fn reduce_to_ids(statement: &mut Value) {
    for part in ["verb", "object"] {
        if let Some(part) = statement.get_mut(part) {
            leave_id(part);
        }
    }
    let around = statement.pointer_mut("/context/contextActivities").and_then(Value::as_object_mut);
    for activities in around.into_iter().flat_map(|around| around.values_mut()) {
        activities.as_array_mut().into_iter().flatten().for_each(leave_id);
    }
}

fn leave_id(thing: &mut Value) {
    if let Value::Object(parts) = thing {
        parts.retain(|name, _| name == "id");
    }
}

#[cfg(test)]
mod tests;
