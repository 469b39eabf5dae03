//! The key by which the server knows a creation again.

use super::client::{ApiError, Outcome, idempotency_key};
use leptos::prelude::*;

/// Keeps one creation from being made twice. While no answer has come the key stays: the server may have done it, and a
/// repeat creates nothing more. Once it is answered, what is sent next is another creation.
#[derive(Clone, Copy)]
pub struct CreationKey(StoredValue<String>);

impl Default for CreationKey {
    fn default() -> Self {
        Self::new()
    }
}

impl CreationKey {
    /// The key of what is created next.
    pub fn new() -> Self {
        Self(StoredValue::new(idempotency_key()))
    }

    /// Creates by this key.
    ///
    /// # Errors
    /// Whatever the creation answers.
    pub fn create<T, F>(self, with: impl FnOnce(String) -> F) -> impl Future<Output = Outcome<T>>
    where
        F: Future<Output = Outcome<T>>,
    {
        let creating = with(self.0.get_value());
        async move {
            let outcome = creating.await;
            if is_answered(&outcome) {
                // The page may be gone.
                drop(self.0.try_set_value(idempotency_key()));
            }
            outcome
        }
    }
}

/// Whether the server said that it has done it, or that nothing came of it.
fn is_answered<T>(outcome: &Outcome<T>) -> bool {
    match outcome {
        Ok(_) => true,
        Err(ApiError::Problem(problem)) => problem.code.status() < 500,
        Err(ApiError::Network | ApiError::Unreadable) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::problem::{Problem, ProblemCode};

    fn problem(code: ProblemCode) -> Outcome<()> {
        let problem = Problem {
            kind: String::new(),
            title: String::new(),
            status: code.status(),
            detail: String::new(),
            instance: String::new(),
            code,
            errors: Vec::new(),
            params: serde_json::Value::Null,
        };
        Err(ApiError::Problem(Box::new(problem)))
    }

    #[test]
    fn a_key_stays_while_the_server_may_have_done_what_it_did_not_answer() {
        for lost in [Err(ApiError::Network), Err(ApiError::Unreadable), problem(ProblemCode::Internal)] {
            assert!(!is_answered::<()>(&lost), "{lost:?}");
        }
        for answered in [Ok(()), problem(ProblemCode::Invalid), problem(ProblemCode::WrongState)] {
            assert!(is_answered(&answered), "{answered:?}");
        }
    }
}
