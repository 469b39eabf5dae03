//! The privacy notices, each by its version: what somebody agreed to stays readable for ever.

use crate::platform::{
    error::{AppError, AppResult},
    texts::Language,
};
use shared::identity::{NOTICE_VERSION, PrivacyNotice};

/// One version in the languages of the message files, a paragraph a line.
struct Texts {
    chinese: &'static str,
    english: &'static str,
}

/// Every version, the first first. What was in force is never changed.
const NOTICES: [Texts; NOTICE_VERSION as usize] = [Texts {
    chinese: include_str!("../../../shared/notices/zh-CN/1.txt"),
    english: include_str!("../../../shared/notices/en/1.txt"),
}];

/// What a version says.
///
/// # Errors
/// `not-found` if there never was such a version.
pub(super) fn notice(version: u16, language: Language) -> AppResult<PrivacyNotice> {
    let texts = usize::from(version).checked_sub(1).and_then(|at| NOTICES.get(at)).ok_or_else(AppError::not_found)?;
    let text = match language {
        Language::Chinese => texts.chinese,
        Language::English => texts.english,
    };
    let paragraphs = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    Ok(PrivacyNotice { version, is_current: version == NOTICE_VERSION, paragraphs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_says_the_same_in_both_languages() {
        for version in 1..=NOTICE_VERSION {
            let said = [Language::Chinese, Language::English].map(|language| notice(version, language).unwrap());
            assert!(!said[0].paragraphs.is_empty());
            assert_eq!(said[0].paragraphs.len(), said[1].paragraphs.len(), "version {version}");
            assert_ne!(said[0].paragraphs, said[1].paragraphs, "version {version}");
        }
    }

    #[test]
    fn the_last_one_is_in_force_and_there_is_none_behind_it() {
        assert!(notice(NOTICE_VERSION, Language::Chinese).unwrap().is_current);
        assert!(notice(NOTICE_VERSION + 1, Language::Chinese).is_err());
        assert!(notice(0, Language::Chinese).is_err());
    }
}
