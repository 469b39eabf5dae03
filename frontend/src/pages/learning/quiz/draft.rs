//! What is answered in a quiz and not handed in yet: kept on this phone, for whoever is logged in, until it is.

use crate::platform::{actor::Actor, client::idempotency_key, keep};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::{
    item_bank::Response,
    learning::{MyQuizSheet, NewQuizAttempt},
};

/// The kept answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// Under which they are handed in: who sends them again after a lost reply has not made two attempts.
    key: String,
    responses: Vec<Response>,
}

/// The answers to one quiz.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    responses: RwSignal<Vec<Response>>,
    key: StoredValue<String>,
    name: StoredValue<String>,
}

impl Draft {
    /// What the phone has kept of this attempt; else nothing is answered.
    pub(super) fn kept(actor: Actor, sheet: &MyQuizSheet) -> Self {
        let account = actor.kept_account().map(|account| account.to_string()).unwrap_or_default();
        let name = format!("quiz:{account}:{}:{}", sheet.quiz.id, sheet.quiz.used);
        let (key, responses) = begun(keep::get(&name), sheet.items.len());
        Self {
            responses: RwSignal::new(responses),
            key: StoredValue::new(key.unwrap_or_else(idempotency_key)),
            name: StoredValue::new(name),
        }
    }

    /// The answer to an item.
    pub(super) fn answer(self, at: usize) -> Option<Response> {
        self.responses.with(|all| all.get(at).cloned()).filter(|response| *response != Response::Cleared)
    }

    /// Answers an item, and keeps that.
    pub(super) fn set(self, at: usize, response: Response) {
        self.responses.update(|all| {
            if let Some(before) = all.get_mut(at) {
                *before = response;
            }
        });
        self.key.set_value(idempotency_key());
        let kept = Kept { key: self.key.get_value(), responses: self.responses.get_untracked() };
        if let Ok(text) = serde_json::to_string(&kept) {
            keep::set(&self.name.get_value(), Some(&text));
        }
    }

    /// How many items are answered.
    pub(super) fn done(self) -> usize {
        self.responses.with(|all| all.iter().filter(|response| !response.is_empty()).count())
    }

    /// What is handed in, and the key under which.
    pub(super) fn attempt(self) -> (String, NewQuizAttempt) {
        (self.key.get_value(), NewQuizAttempt { responses: self.responses.get_untracked() })
    }

    /// What to forget once the server has it. The page that wrote it may be gone by then.
    pub(super) fn name(self) -> String {
        self.name.get_value()
    }
}

/// The kept answers to so many items with their key; none are answered if nothing is kept that fits.
fn begun(kept: Option<String>, items: usize) -> (Option<String>, Vec<Response>) {
    let kept = kept.and_then(|kept| serde_json::from_str::<Kept>(&kept).ok());
    match kept.filter(|kept| kept.responses.len() == items) {
        Some(Kept { key, responses }) => (Some(key), responses),
        None => (None, vec![Response::Cleared; items]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_gone_on_with_under_its_key() {
        let responses = vec![Response::TrueFalse(true), Response::Cleared];
        let text = serde_json::to_string(&Kept { key: "k".to_owned(), responses: responses.clone() }).unwrap();
        assert_eq!(begun(Some(text.clone()), 2), (Some("k".to_owned()), responses));
        assert_eq!(begun(Some(text), 3), (None, vec![Response::Cleared; 3]));
        assert_eq!(begun(Some("{".to_owned()), 1), (None, vec![Response::Cleared]));
        assert_eq!(begun(None, 1), (None, vec![Response::Cleared]));
    }
}
