use super::*;
use crate::ids::{ClassId, CourseId, ProviderId, ServicePointId};
use uuid::Uuid;

const ACCOUNT: AccountId = AccountId(Uuid::from_u128(1));

fn provider(n: u128) -> Place {
    Place::Provider { id: ProviderId(Uuid::from_u128(n)), division: "330502104".to_owned() }
}

/// A class of the provider with this number.
fn class(provider: u128, n: u128) -> Place {
    let (id, provider) = (ClassId(Uuid::from_u128(n)), ProviderId(Uuid::from_u128(provider)));
    Place::Class { id, provider, division: "330502104".to_owned() }
}

/// A service point of a provider that serves this division.
fn point(provider: u128, serves: &str) -> Place {
    let (id, provider) = (ServicePointId(Uuid::from_u128(9)), ProviderId(Uuid::from_u128(provider)));
    Place::ServicePoint { id, provider, serves: serves.to_owned() }
}

/// A course of the province's catalogue.
fn course(n: u128) -> Place {
    Place::Course { id: CourseId(Uuid::from_u128(n)), division: "33".to_owned() }
}

#[test]
fn who_writes_items_of_a_course_does_so_of_no_other() {
    let held = [RoleAt { role: Role::ItemAuthor, place: course(1) }];
    let may = |right, place: &Place| allows(ACCOUNT, &held, right, place);
    assert!(may(Right::AuthorItem, &course(1)) && may(Right::AddPicture, &course(1)));
    for place in [course(2), Place::division("33"), Place::division("330502"), provider(1)] {
        assert!(!may(Right::AuthorItem, &place) && !may(Right::ReadOrganisation, &place), "{place:?}");
    }
    assert!(!may(Right::ReviewItem, &course(1)));
    let everywhere = [RoleAt { role: Role::ItemReviewer, place: Place::division("33") }];
    assert!(allows(ACCOUNT, &everywhere, Right::ReviewItem, &course(2)));
    let in_a_city = [RoleAt { role: Role::ItemReviewer, place: Place::division("3305") }];
    assert!(!allows(ACCOUNT, &in_a_city, Right::ReviewItem, &course(2)), "the catalogue is the province's");
}

#[test]
fn who_serves_at_a_service_point_serves_the_division_of_its_provider() {
    let held = [RoleAt { role: Role::ServicePointClerk, place: point(1, "330502") }];
    let may = |place: &Place| allows(ACCOUNT, &held, Right::CheckSkills, place);
    for place in [provider(2), class(2, 7), Place::division("330502"), Place::division("330502104")] {
        assert!(may(&place), "{place:?}");
    }
    for place in [Place::division("330503"), Place::division("3305"), Place::Own { account: ACCOUNT }] {
        assert!(!may(&place), "{place:?}");
    }
    assert!(!allows(ACCOUNT, &held, Right::KeepSkills, &provider(1)), "who checks records nothing");
}

#[test]
fn nobody_else_serves_at_a_service_point_and_a_clerk_nowhere_else() {
    for role in Role::ALL.iter().filter(|role| **role != Role::ServicePointClerk) {
        let held = [RoleAt { role: *role, place: point(1, "33") }];
        assert!(Right::ALL.iter().all(|right| places(&held, *right).next().is_none()), "{role}");
    }
    let held = [RoleAt { role: Role::ServicePointClerk, place: Place::division("330502") }];
    assert!(!allows(ACCOUNT, &held, Right::CheckSkills, &provider(1)));
}

#[test]
fn who_grants_roles_around_a_service_point_does_so_at_it() {
    let around = [provider(1), Place::division("330502"), Place::division("33"), point(1, "330502")];
    assert!(around.iter().all(|place| place.contains(&point(1, "330502"))));
    let elsewhere = [provider(2), Place::division("330503"), Place::division("330502104"), class(1, 7)];
    assert!(!elsewhere.iter().any(|place| place.contains(&point(1, "330502"))));
}

#[test]
fn a_service_point_is_named_where_nothing_else_gives_the_right() {
    let clerk = RoleAt { role: Role::ServicePointClerk, place: point(1, "330502") };
    let bureau = RoleAt { role: Role::CountyBureau, place: Place::division("330502") };
    let of = |roles: &[RoleAt]| service_point_for(roles, Right::CheckSkills, &provider(1));
    assert_eq!(of(std::slice::from_ref(&clerk)), Some(ServicePointId(Uuid::from_u128(9))));
    assert_eq!(of(&[clerk.clone(), bureau.clone()]), None);
    assert_eq!(
        service_point_where_held(std::slice::from_ref(&clerk), Right::CheckSkills),
        of(std::slice::from_ref(&clerk))
    );
    assert_eq!(service_point_where_held(&[clerk.clone(), bureau.clone()], Right::CheckSkills), None);
    assert_eq!(of(&[bureau, clerk]), None);
    assert_eq!(of(&[]), None);
}

#[test]
fn a_class_lies_in_its_provider_and_in_every_division_of_it() {
    for above in [provider(1), class(1, 7)] {
        assert!(above.contains(&class(1, 7)), "{above:?}");
    }
    for code in ["330000", "330500", "330502", "330502104"] {
        assert!(Place::division(code).contains(&class(1, 7)), "{code}");
    }
    let elsewhere = [provider(2), class(1, 8), class(2, 9), Place::division("330503"), Place::Own { account: ACCOUNT }];
    for place in elsewhere {
        assert!(!place.contains(&class(1, 7)), "{place:?}");
    }
}

#[test]
fn a_role_at_a_class_reaches_that_class_and_nothing_else_of_the_provider() {
    let held = [RoleAt { role: Role::ClassTutor, place: class(1, 7) }];
    let may = |right, place: &Place| allows(ACCOUNT, &held, right, place);
    assert!(may(Right::FollowClass, &class(1, 7)));
    for place in [class(1, 8), provider(1), Place::division("330502104"), Place::Own { account: ACCOUNT }] {
        assert!(!may(Right::FollowClass, &place), "{place:?}");
    }
    assert!(!may(Right::PublishCourse, &class(1, 7)), "the role carries no other right there either");
}

#[test]
fn a_role_at_the_provider_reaches_all_its_classes() {
    let held = [RoleAt { role: Role::SchoolOffice, place: provider(1) }];
    assert!(allows(ACCOUNT, &held, Right::FollowClass, &class(1, 7)));
    assert!(allows(ACCOUNT, &held, Right::FollowClass, &class(1, 8)));
    assert!(!allows(ACCOUNT, &held, Right::AddressClass, &class(1, 8)), "the office reads, and lets the tutor speak");
    assert!(!allows(ACCOUNT, &held, Right::FollowClass, &class(2, 9)));
}

#[test]
fn a_teacher_of_the_province_writes_courses_and_follows_no_class() {
    let held = [RoleAt { role: Role::Teacher, place: Place::division("33") }];
    assert!(allows(ACCOUNT, &held, Right::AuthorCourse, &Place::division("33")));
    assert!(!allows(ACCOUNT, &held, Right::FollowClass, &class(1, 7)));
    assert!(!allows(ACCOUNT, &held, Right::AnswerInquiry, &class(1, 7)));
    let held = [RoleAt { role: Role::Teacher, place: class(1, 7) }];
    assert!(allows(ACCOUNT, &held, Right::FollowClass, &class(1, 7)));
    assert!(allows(ACCOUNT, &held, Right::AnswerInquiry, &class(1, 7)));
}

#[test]
fn a_place_is_stored_as_it_is_read() {
    let stored = serde_json::to_string(&class(1, 7)).unwrap();
    assert!(stored.starts_with(r#"{"kind":"class","id":"#), "{stored}");
    assert_eq!(serde_json::from_str::<Place>(&stored).unwrap(), class(1, 7));
}

/// Every pair of rights that no role carries together: the third column of DOMAIN §1.8.
const NEVER_TOGETHER: &[(Right, Right)] = &[
    // Settings, rights and logs are in three hands.
    (Right::RotateKeys, Right::GrantRole),
    (Right::RotateKeys, Right::ReadAudit),
    (Right::GrantRole, Right::ReadAudit),
    // Who enters does not approve: the county has its schools enter.
    (Right::KeepEnrolments, Right::ApproveEnrolment),
    (Right::KeepEnrolments, Right::FileEnrolment),
    (Right::KeepClasses, Right::ApproveClass),
    // What somebody needs at tests is granted by two offices.
    (Right::CheckAccommodation, Right::ConfirmAccommodation),
    // Who may sit a test is looked at by three offices.
    (Right::ReviewRegistration, Right::ApproveRegistration),
    (Right::ApproveRegistration, Right::FileRegistration),
    // Who graduates is proposed, confirmed and approved by three offices.
    (Right::ProposeGraduates, Right::ConfirmGraduates),
    (Right::ProposeGraduates, Right::ApproveGraduates),
    (Right::ConfirmGraduates, Right::ApproveGraduates),
    (Right::ProposeGraduates, Right::KeepDiplomas),
    // Who writes an item is not its reviewer, and sees no paper of it.
    (Right::AuthorItem, Right::ReviewItem),
    (Right::AuthorItem, Right::ReadItem),
    (Right::AuthorItem, Right::ComposePaper),
    // Who knows a paper keeps no share of its key, nor does who says when it is opened.
    (Right::HoldKeyShare, Right::ReadItem),
    (Right::HoldKeyShare, Right::ComposePaper),
    (Right::HoldKeyShare, Right::ArmExamSession),
    // Who teaches sees no item and no paper.
    (Right::TeachClass, Right::ReadItem),
    (Right::TeachClass, Right::ComposePaper),
    // Who watches a test sees no answer, who marks no name.
    (Right::WatchExamSession, Right::ReadItem),
    (Right::WatchExamSession, Right::MarkResponse),
    (Right::WatchExamSession, Right::LeadMarking),
    // Who keeps a room gives back time there alone, and who runs the day is in no room.
    (Right::KeepExamRoom, Right::RunExamDay),
    (Right::KeepExamRoom, Right::MarkResponse),
    (Right::MarkResponse, Right::ReadSignIn),
    (Right::MarkResponse, Right::ReadPeople),
    (Right::LeadMarking, Right::ReadSignIn),
    (Right::LeadMarking, Right::ReadPeople),
    // Who traces a leaked photo learns a number, and the name of nobody.
    (Right::TraceLeak, Right::ReadSignIn),
    (Right::TraceLeak, Right::ReadPeople),
    // The credit bank issues, the city audits and touches no score.
    (Right::IssueCertificate, Right::AuditCertificate),
    (Right::AuditCertificate, Right::MarkResponse),
    (Right::AuditCertificate, Right::LeadMarking),
    (Right::AuditCertificate, Right::ReleaseResults),
    // Who checks an outcome at a service point neither enters nor recognises it.
    (Right::CheckSkills, Right::IssueCertificate),
    // Who says that a roster is right does not check it.
    (Right::ConfirmRoster, Right::CheckRoster),
    // Who records what somebody did does not decide it, and who decided does not look again.
    (Right::RecordIncident, Right::DecideIncident),
    (Right::SignIncident, Right::DecideIncident),
    (Right::DecideIncident, Right::ReconsiderIncident),
    // Who keeps the system has no data.
    (Right::RotateKeys, Right::ReadPeople),
    (Right::GrantRole, Right::ReadPeople),
    (Right::ReadAudit, Right::ReadOrganisation),
];

#[test]
fn no_role_carries_two_rights_that_are_apart() {
    for (one, other) in NEVER_TOGETHER {
        for role in Role::ALL {
            assert!(!(carries(*role, *one) && carries(*role, *other)), "{role} carries {one} and {other}");
        }
        let is_carried = |right| Role::ALL.iter().any(|role| carries(*role, right));
        assert!(is_carried(*one) && is_carried(*other), "{one} and {other} are somebody's");
    }
}

#[test]
fn the_province_sees_no_whole_number() {
    for role in Role::ALL.iter().filter(|role| carries(**role, Right::RevealPerson)) {
        assert!(matches!(role, Role::SchoolOffice | Role::CountyBureau), "{role}");
    }
}

#[test]
fn every_role_has_something_to_do() {
    for role in Role::ALL {
        assert!(Right::ALL.iter().any(|right| carries(*role, *right)), "{role} carries nothing");
    }
}

#[test]
fn who_has_one_duty_has_the_rights_of_that_duty_alone() {
    let rights = |role| Right::ALL.iter().copied().filter(|right| carries(role, *right)).collect::<Vec<_>>();
    assert_eq!(rights(Role::Inspector), [Right::WatchExamSession, Right::ReadOrganisation, Right::SignIncident]);
    let there = [Right::WatchExamSession, Right::ReadSignIn, Right::ReadOrganisation];
    let records = [Right::RecordIncident, Right::SignIncident, Right::HearCandidate];
    let keeps = [there.as_slice(), records.as_slice(), &[Right::KeepExamRoom]].concat();
    assert_eq!(rights(Role::Invigilator), keeps);
    assert_eq!(rights(Role::SiteHead), [keeps.as_slice(), &[Right::AssignInvigilator]].concat());
    assert_eq!(rights(Role::MarkingHead), [Right::LeadMarking, Right::ReadOrganisation]);
    assert_eq!(rights(Role::Surveyor), [Right::ReadOrganisation, Right::SurveyRoster]);
    assert_eq!(rights(Role::ServicePointClerk), [Right::ReadOrganisation, Right::CheckSkills]);
    assert_eq!(rights(Role::PaperHead), [Right::ReadItem, Right::ComposePaper, Right::ReadOrganisation]);
}

#[test]
fn who_composes_and_prints_papers_sees_keys_anyway() {
    for role in Role::ALL {
        assert!(!carries(*role, Right::ComposePaper) || carries(*role, Right::ReadItem), "{role}");
    }
}

#[test]
fn a_ticket_opens_a_right_that_learners_have_over_their_own_and_no_other() {
    let open: Vec<_> = Right::ALL.iter().filter(|right| is_open_by_ticket(**right)).collect();
    assert_eq!(open, [&Right::AnswerOwnSitting]);
    assert!(carries(Role::Learner, Right::AnswerOwnSitting));
}
