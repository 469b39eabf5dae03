//! Which papers must lie photographed in a record before anybody reviews it.

use super::{AttachmentKind, EnrolmentRule};

/// Papers that a review needs and of which there is no photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingPapers {
    /// The identity document.
    IdCard,
    /// The diploma.
    Diploma,
    /// The identity document and the diploma.
    Both,
}

impl MissingPapers {
    /// What photos are missing of.
    #[must_use]
    pub const fn kinds(self) -> &'static [AttachmentKind] {
        match self {
            Self::IdCard => &[AttachmentKind::IdCard],
            Self::Diploma => &[AttachmentKind::Diploma],
            Self::Both => &[AttachmentKind::IdCard, AttachmentKind::Diploma],
        }
    }
}

/// What is missing among the photos that are there. Everybody shows an identity document; the diploma is shown
/// by all but those who are literate where their rule takes that for schooling.
#[must_use]
pub fn missing_papers(
    there: impl IntoIterator<Item = AttachmentKind>,
    is_literate: bool,
    rule: &EnrolmentRule,
) -> Option<MissingPapers> {
    let (mut has_id_card, mut has_diploma) = (false, is_literate && rule.is_literacy_enough);
    for kind in there {
        has_id_card |= kind == AttachmentKind::IdCard;
        has_diploma |= kind == AttachmentKind::Diploma;
    }
    match (has_id_card, has_diploma) {
        (true, true) => None,
        (false, true) => Some(MissingPapers::IdCard),
        (true, false) => Some(MissingPapers::Diploma),
        (false, false) => Some(MissingPapers::Both),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::CourseLevel;
    use AttachmentKind::{Diploma, Household, IdCard, Other, Portrait};

    fn missing(there: &[AttachmentKind], is_literate: bool, level: CourseLevel) -> Option<MissingPapers> {
        missing_papers(there.iter().copied(), is_literate, &EnrolmentRule::zhejiang_2022(level))
    }

    #[test]
    fn everybody_shows_who_they_are_and_what_they_have_finished() {
        let of = |there: &[AttachmentKind]| missing(there, false, CourseLevel::Senior);
        assert_eq!(of(&[]), Some(MissingPapers::Both));
        assert_eq!(of(&[Household, Portrait, Other]), Some(MissingPapers::Both), "other papers prove neither");
        assert_eq!(of(&[IdCard, IdCard]), Some(MissingPapers::Diploma));
        assert_eq!(of(&[Diploma]), Some(MissingPapers::IdCard));
        assert_eq!(of(&[Diploma, Other, IdCard]), None);
    }

    #[test]
    fn who_reads_and_writes_shows_no_diploma_where_that_is_enough() {
        assert_eq!(missing(&[IdCard], true, CourseLevel::Junior), None);
        assert_eq!(missing(&[], true, CourseLevel::Junior), Some(MissingPapers::IdCard));
        assert_eq!(missing(&[IdCard], true, CourseLevel::Senior), Some(MissingPapers::Diploma));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(MissingPapers::Both.kinds(), [IdCard, Diploma]);
        assert_eq!((MissingPapers::IdCard.kinds(), MissingPapers::Diploma.kinds()), (&[IdCard][..], &[Diploma][..]));
    }
}
