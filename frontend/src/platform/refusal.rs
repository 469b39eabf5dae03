//! What became of something that was kept on the device and sent later: whether to send it again.

use super::client::ApiError;
use shared::problem::ProblemCode;

/// Why the server will not take something as it is; nothing if it may when it is asked again.
pub fn refusal_of(failure: &ApiError) -> Option<String> {
    let ApiError::Problem(problem) = failure else { return None };
    let is_final = matches!(
        problem.code,
        ProblemCode::Forbidden
            | ProblemCode::NotFound
            | ProblemCode::WrongState
            | ProblemCode::TooLarge
            | ProblemCode::Invalid
            | ProblemCode::IdempotencyConflict
    );
    let said = problem.errors.first().map_or(&problem.detail, |error| &error.detail);
    is_final.then(|| said.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::problem::{FieldError, Problem};

    fn problem(code: ProblemCode, errors: Vec<FieldError>) -> ApiError {
        ApiError::Problem(Box::new(Problem {
            kind: format!("/problems/{}", code.as_str()),
            title: String::new(),
            status: code.status(),
            detail: "停课".to_owned(),
            instance: String::new(),
            code,
            errors,
            params: serde_json::Value::Null,
        }))
    }

    #[test]
    fn what_is_refused_says_why_and_anything_else_is_sent_again() {
        let field = FieldError { detail: "最多6张".to_owned(), ..FieldError::new("/photo", "too-many") };
        assert_eq!(refusal_of(&problem(ProblemCode::Invalid, vec![field])).as_deref(), Some("最多6张"));
        assert_eq!(refusal_of(&problem(ProblemCode::WrongState, Vec::new())).as_deref(), Some("停课"));
        for code in
            [ProblemCode::Unauthenticated, ProblemCode::TooMany, ProblemCode::Unavailable, ProblemCode::Malformed]
        {
            assert_eq!(refusal_of(&problem(code, Vec::new())), None, "{}", code.as_str());
        }
        assert_eq!(refusal_of(&ApiError::Network), None);
    }
}
