//! Which roles one person may not hold at once, and which need a second person (DOMAIN §1.8).
//!
//! Duties that are apart for one thing only (who entered something does not approve it, the author
//! of an item does not review it) are judged where that thing is.

use super::{Right, Role, carries};

/// Why two roles are not held by one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Settings, rights and logs are in three hands.
    Administrators,
    /// Who audits certificates touches no score.
    AuditAndScores,
    /// Who teaches sees no paper before its release.
    TeachingAndPapers,
    /// Who watches a test sees no answer.
    WatchingAndAnswers,
}

impl Apart {
    /// Every reason.
    pub const ALL: [Self; 4] =
        [Self::Administrators, Self::AuditAndScores, Self::TeachingAndPapers, Self::WatchingAndAnswers];

    /// Whether this reason keeps two roles apart, in this order.
    const fn parts(self, one: Role, other: Role) -> bool {
        match self {
            Self::Administrators => is_administrator(one) && is_administrator(other),
            Self::AuditAndScores => matches!(one, Role::CityAuditor) && makes_scores(other),
            Self::TeachingAndPapers => {
                matches!(one, Role::Teacher | Role::ClassTutor) && carries(other, Right::ComposePaper)
            }
            Self::WatchingAndAnswers => carries(one, Right::WatchExamSession) && sees_answers(other),
        }
    }
}

/// One of the three who keep the system.
const fn is_administrator(role: Role) -> bool {
    matches!(role, Role::SystemAdministrator | Role::SecurityAdministrator | Role::AuditAdministrator)
}

const fn makes_scores(role: Role) -> bool {
    carries(role, Right::MarkResponse) || carries(role, Right::LeadMarking) || carries(role, Right::ReleaseResults)
}

const fn sees_answers(role: Role) -> bool {
    carries(role, Right::AuthorItem)
        || carries(role, Right::ReadItem)
        || carries(role, Right::MarkResponse)
        || carries(role, Right::LeadMarking)
}

/// Whether one person may hold both roles, wherever they are held.
///
/// # Errors
/// The reason why not.
pub fn may_hold_together(one: Role, other: Role) -> Result<(), Apart> {
    if one == other {
        return Ok(());
    }
    let parting = Apart::ALL.into_iter().find(|reason| reason.parts(one, other) || reason.parts(other, one));
    parting.map_or(Ok(()), Err)
}

/// Whether a second person must confirm that somebody gets this role.
#[must_use]
pub const fn needs_second_person(role: Role) -> bool {
    is_administrator(role)
        || matches!(role, Role::ProvinceOffice | Role::CityAuditor | Role::CountyBureau | Role::CreditBankOfficer)
        || matches!(role, Role::ExamAdministrator | Role::PaperHead | Role::MarkingHead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Role::{
        AuditAdministrator, CityAuditor, ClassTutor, ExamAdministrator, Inspector, Invigilator, ItemAuthor,
        ItemReviewer, Marker, MarkingHead, PaperHead, SchoolOffice, SecurityAdministrator, SiteHead,
        SystemAdministrator, Teacher,
    };

    #[track_caller]
    fn check(one: Role, other: Role, expected: Result<(), Apart>) {
        assert_eq!(may_hold_together(one, other), expected);
        assert_eq!(may_hold_together(other, one), expected, "the other way round");
    }

    #[test]
    fn nobody_holds_two_of_the_three_administrators() {
        check(SystemAdministrator, SecurityAdministrator, Err(Apart::Administrators));
        check(SystemAdministrator, AuditAdministrator, Err(Apart::Administrators));
        check(SecurityAdministrator, AuditAdministrator, Err(Apart::Administrators));
    }

    #[test]
    fn duties_that_must_not_meet_are_apart() {
        check(CityAuditor, ExamAdministrator, Err(Apart::AuditAndScores));
        check(CityAuditor, Marker, Err(Apart::AuditAndScores));
        check(Teacher, ExamAdministrator, Err(Apart::TeachingAndPapers));
        check(ClassTutor, ExamAdministrator, Err(Apart::TeachingAndPapers));
        check(CityAuditor, MarkingHead, Err(Apart::AuditAndScores));
        check(Teacher, PaperHead, Err(Apart::TeachingAndPapers));
        check(ClassTutor, PaperHead, Err(Apart::TeachingAndPapers));
        for watcher in [SiteHead, Invigilator, Inspector] {
            for reader in [ItemAuthor, ItemReviewer, PaperHead, ExamAdministrator, Marker, MarkingHead] {
                check(watcher, reader, Err(Apart::WatchingAndAnswers));
            }
        }
    }

    #[test]
    fn what_no_rule_parts_may_meet() {
        check(Teacher, ClassTutor, Ok(()));
        check(Teacher, SchoolOffice, Ok(()));
        check(Teacher, Marker, Ok(()));
        check(Teacher, ItemAuthor, Ok(()));
        check(ItemAuthor, ItemReviewer, Ok(()));
        check(SiteHead, Invigilator, Ok(()));
        check(Marker, MarkingHead, Ok(()));
        for role in Role::ALL {
            check(*role, *role, Ok(()));
        }
    }

    #[test]
    fn whoever_could_change_much_alone_needs_a_second_person() {
        let powerful: Vec<_> = Role::ALL.iter().filter(|role| needs_second_person(**role)).collect();
        let texts: Vec<_> = powerful.iter().map(|role| role.as_str()).collect();
        assert_eq!(
            texts,
            [
                "paper_head",
                "exam_administrator",
                "marking_head",
                "credit_bank_officer",
                "city_auditor",
                "county_bureau",
                "province_office",
                "system_administrator",
                "security_administrator",
                "audit_administrator"
            ]
        );
    }
}
