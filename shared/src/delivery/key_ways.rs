//! The ways on which a paper's key comes to a device (ADR 43): the server tells each candidate, and once it is no secret
//! any more it lies open as a file, which a proxy may still have when the server answers nobody.

use super::ContentKey;
use crate::{ids::PaperId, problem::ProblemCode};

/// Whether a device that did not get the key from the server looks for the file: where the server was not reached, or
/// could not tell. Where it said no there is nothing to look for, and who is early waits. `failure` is what the server
/// said, if it said anything.
#[must_use]
pub fn looks_for_key_file(failure: Option<ProblemCode>) -> bool {
    match failure {
        None => true,
        Some(code) => matches!(code, ProblemCode::TooMany | ProblemCode::Unavailable | ProblemCode::Internal),
    }
}

/// The key that a device goes on with, of those that came on either way: the first that is of its paper. That it opens
/// the package, the package itself says.
#[must_use]
pub fn key_of_paper(paper: PaperId, came: impl IntoIterator<Item = ContentKey>) -> Option<ContentKey> {
    came.into_iter().find(|key| key.paper_id == paper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn who_was_not_answered_looks_elsewhere_and_who_was_refused_does_not() {
        for failure in [None, Some(ProblemCode::Unavailable), Some(ProblemCode::Internal), Some(ProblemCode::TooMany)] {
            assert!(looks_for_key_file(failure), "{failure:?}");
        }
        for code in [
            ProblemCode::WrongState,
            ProblemCode::ExamCancelled,
            ProblemCode::NotFound,
            ProblemCode::Forbidden,
            ProblemCode::Unauthenticated,
        ] {
            assert!(!looks_for_key_file(Some(code)), "{code:?}");
        }
    }

    #[test]
    fn the_first_key_of_the_paper_is_taken() {
        let [own, other] = [1, 2].map(|id| PaperId(Uuid::from_u128(id)));
        let key = |paper_id, key: &str| ContentKey { paper_id, key: key.to_owned() };
        let came = [key(other, "a"), key(own, "b"), key(own, "c")];
        assert_eq!(key_of_paper(own, came), Some(key(own, "b")));
        assert_eq!(key_of_paper(own, [key(other, "a")]), None);
    }
}
