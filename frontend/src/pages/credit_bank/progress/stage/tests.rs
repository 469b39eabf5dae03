//! Examples of stages.

use super::*;
use shared::{
    ids::{CertificateId, ExamSessionId},
    learning::CourseStanding,
    results::Grade,
    sittings::{ExamKind, ExamRules},
};
use uuid::Uuid;

const STARTS_AT: Timestamp = Timestamp(1_795_395_600_000);

fn course(role: CourseRole) -> CourseTowardsDiploma {
    CourseTowardsDiploma {
        course_id: CourseId(Uuid::nil()),
        course_title: "语文".to_owned(),
        role,
        standing: None,
        best_score: None,
        has_passed: false,
        certificate: None,
        is_counted: false,
    }
}

fn studied(gate: Gate) -> CourseTowardsDiploma {
    let standing = CourseStanding { task_points: 5, completed: 0, studied_minutes: 0, gate };
    CourseTowardsDiploma { standing: Some(standing), ..course(CourseRole::Required) }
}

fn certified(state: CertificateState) -> CourseTowardsDiploma {
    let certificate = CertificateView {
        revocation_because: None,
        is_sharing_declined: false,
        id: CertificateId(Uuid::nil()),
        number: String::new(),
        holder_name: String::new(),
        course_id: CourseId(Uuid::nil()),
        course_title: String::new(),
        exam_session_id: ExamSessionId(Uuid::nil()),
        exam_session_title: String::new(),
        score: Points::whole(80),
        grade: Grade::A,
        state,
        reason: String::new(),
        issued_at: STARTS_AT,
    };
    CourseTowardsDiploma { certificate: Some(certificate), ..studied(Gate::Open) }
}

fn exam(state: ExamSessionState) -> MyExam {
    MyExam {
        id: ExamSessionId(Uuid::nil()),
        title: String::new(),
        kind: ExamKind::Unified,
        own_time_min: None,
        course_title: "语文".to_owned(),
        starts_at: STARTS_AT,
        ends_at: STARTS_AT,
        rules: ExamRules::lenient(),
        state,
        postponed: None,
        cancelled_because: None,
        withdrawn_because: None,
        registration: None,
        gate: Gate::Open,
        is_registered: true,
        review: None,
        review_reason: None,
        sitting: None,
    }
}

fn stage(course: &CourseTowardsDiploma) -> Stage {
    Stage::of(course, &[], &[])
}

#[test]
fn study_comes_before_the_test_and_the_test_before_the_certificate() {
    assert_eq!(stage(&course(CourseRole::Required)), Stage::NotEnrolled);
    assert_eq!(stage(&studied(Gate::TaskPointsMissing { missing: 3 })), Stage::Studying { missing: 3 });
    assert_eq!(stage(&studied(Gate::Open)), Stage::MayRegister);
    let failed = CourseTowardsDiploma { best_score: Some(Points::whole(50)), ..studied(Gate::Open) };
    assert_eq!(stage(&failed), Stage::NotPassed(Points::whole(50)));
    let passed = CourseTowardsDiploma { has_passed: true, ..failed };
    assert_eq!(stage(&passed), Stage::WaitsForIssue(Points::whole(50)));
}

#[test]
fn a_registration_is_told_until_its_results_are() {
    let of = |state| Stage::of(&studied(Gate::Open), &[], &[exam(state)]);
    assert_eq!(of(ExamSessionState::Registering), Stage::Registered(STARTS_AT));
    assert_eq!(of(ExamSessionState::Marking), Stage::WaitsForResult);
    assert_eq!(of(ExamSessionState::Published), Stage::MayRegister);
    assert_eq!(of(ExamSessionState::Cancelled), Stage::MayRegister);
    let practice = MyExam { kind: ExamKind::Mock, ..exam(ExamSessionState::Armed) };
    assert_eq!(
        Stage::of(&studied(Gate::Open), &[], &[practice]),
        Stage::MayRegister,
        "who practises has not registered"
    );
    let elsewhere = MyExam { course_title: "数学".to_owned(), ..exam(ExamSessionState::Armed) };
    assert_eq!(Stage::of(&studied(Gate::Open), &[], &[elsewhere]), Stage::MayRegister);
}

#[test]
fn only_an_approved_certificate_ends_the_way() {
    let position = |state| stage(&certified(state)).position();
    assert_eq!(position(CertificateState::Approved), Some(STEPS.len()));
    assert_eq!(position(CertificateState::Submitted), Some(3));
    assert_eq!(position(CertificateState::Revoked), Some(2));
}

#[test]
fn a_second_science_is_not_asked_for() {
    let counted = CourseTowardsDiploma { is_counted: true, ..course(CourseRole::ChooseOne) };
    let all = [counted, course(CourseRole::ChooseOne), course(CourseRole::Required)];
    assert_eq!(Stage::of(&all[1], &all, &[]), Stage::NotNeeded);
    assert_eq!(Stage::of(&all[2], &all, &[]), Stage::NotEnrolled);
}
