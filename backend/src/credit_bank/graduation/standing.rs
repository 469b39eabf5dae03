//! What a learner lacks for the diploma, from facts as they are now.

use crate::{
    credit_bank::{
        entity::{certificate, graduation_rule},
        store,
        views::grade_of,
    },
    enrolment::{self, LearnerFacts},
    identity, learning,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
    teaching,
};
use sea_orm::ConnectionTrait;
use shared::{
    credit_bank::{
        DiplomaCourse, DiplomaSkill, GraduationFacts, GraduationGap, GraduationRule, graduation_gaps,
        graduation_rule_for,
    },
    ids::{CertificateId, CourseId, DiplomaId},
    learning::{CourseView, HourWorth},
    organisation::DivisionCode,
    problem::ProblemCode,
    teaching::CourseHours,
    time::read_date,
};
use std::collections::{HashMap, HashSet};

/// What holds for every learner.
pub(super) struct Yardstick {
    courses: Vec<CourseView>,
    rules: Vec<GraduationRule>,
}

/// What a learner lacks, and what counts until now.
pub(super) struct Standing {
    pub(super) gaps: Vec<GraduationGap>,
    /// The certificates that count.
    certificates: Vec<CertificateId>,
}

impl Yardstick {
    /// The published courses, and the rules.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn load(cx: &Services) -> AppResult<Self> {
        let courses = learning::courses(cx).await?.into_iter().filter(|course| course.published_version.is_some());
        let rules = store::list_graduation_rules(cx.db.read()).await?;
        Ok(Self { courses: courses.collect(), rules: rules.iter().map(rule).collect::<AppResult<_>>()? })
    }

    /// Where one learner stands.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn judge(&self, cx: &Services, learner: &LearnerFacts) -> AppResult<Standing> {
        let account = learner.account_id;
        let approved = store::list_approved_of(cx.db.read(), account).await?;
        let certificates: Vec<CertificateId> = approved.iter().map(|row| row.id).collect();
        let doubted = store::list_proposals(cx.db.read(), &certificates).await?.into_iter();
        let doubted: HashSet<CertificateId> = doubted.map(|doubt| doubt.certificate_id).collect();
        let hours = teaching::hours_ever_of(cx, account).await?.into_iter();
        let hours: HashMap<CourseId, CourseHours> = hours.map(|course| (course.course_id, course)).collect();
        let skills = teaching::verified_skills_of(cx, account).await?;
        let of_level: Vec<_> = self.courses.iter().filter(|course| course.level == learner.level).collect();
        let ids: Vec<CourseId> = of_level.iter().map(|course| course.id).collect();
        let today = cx.clock.now().date_in_china();
        let kept = learning::kept_course_rules(cx.db.read(), &[account], &ids, today).await?;
        let course = |course: &CourseView| {
            let worth = kept.hour_worth(account, course.id);
            diploma_course(course, (approved.as_slice(), &doubted), (hours.get(&course.id), worth))
        };
        let facts = GraduationFacts {
            state: learner.state,
            is_identified: identity::identity_is_verified(cx, account).await?,
            holds_diploma: holds_diploma(cx.db.read(), learner).await?,
            courses: of_level.into_iter().map(course).collect::<AppResult<_>>()?,
            skills: skills
                .certificates
                .iter()
                .map(|(kind, level)| DiplomaSkill { kind: *kind, level: *level })
                .collect(),
            skill_hours: skills.hours,
        };
        Ok(Standing { gaps: graduation_gaps(&facts, self.rule_of(learner)), certificates })
    }

    /// The rule that a learner keeps.
    fn rule_of(&self, learner: &LearnerFacts) -> Option<&GraduationRule> {
        let school = DivisionCode::parse(&learner.division)?;
        graduation_rule_for(&self.rules, school, learner.level, learner.enrolled_on)
    }
}

impl Standing {
    /// Within the write that rests on it: what counted then counts now, and does so until the write ends.
    ///
    /// # Errors
    /// `stale` if it does not.
    pub(super) async fn hold(&self, tx: &Tx, learner: &LearnerFacts) -> AppResult<()> {
        let is_identified = identity::hold_identity_is_verified(tx, learner.account_id).await?;
        let counting = store::lock_counting(tx.conn(), &self.certificates).await?;
        let is_first = !holds_diploma(tx.conn(), learner).await?;
        let still_stands = is_identified && is_first && counting == self.certificates.len();
        if still_stands { Ok(()) } else { Err(AppError::Problem(ProblemCode::Stale)) }
    }
}

/// Whether the person holds a diploma of the level, by whichever record, that was not made void, as `conn` sees it.
async fn holds_diploma(conn: &impl ConnectionTrait, learner: &LearnerFacts) -> AppResult<bool> {
    let records = enrolment::records_of_person(conn, learner.person_id).await?;
    let diplomas = store::list_diplomas_of_records(conn, &records).await?.into_iter();
    let held = diplomas.filter(|diploma| diploma.level == learner.level.as_str()).map(|diploma| diploma.id);
    let held: Vec<DiplomaId> = held.collect();
    let voidings = store::list_voidings(conn, &held).await?.into_iter();
    let void: HashSet<DiplomaId> =
        voidings.filter(|voiding| voiding.confirmed_by.is_some()).map(|voiding| voiding.diploma_id).collect();
    Ok(held.iter().any(|diploma| !void.contains(diploma)))
}

/// One course, with the approved certificate of it, if there is one.
fn diploma_course(
    course: &CourseView,
    (approved, doubted): (&[certificate::Model], &HashSet<CertificateId>),
    (hours, worth): (Option<&CourseHours>, Option<HourWorth>),
) -> AppResult<DiplomaCourse> {
    let certificate = approved.iter().find(|row| row.course_id == course.id);
    Ok(DiplomaCourse {
        title: course.title.clone(),
        role: course.role,
        grade: certificate.map(grade_of).transpose()?,
        is_in_question: certificate.is_some_and(|row| doubted.contains(&row.id)),
        class_hours: hours.map_or(0, |hours| hours.class_hours),
        needed_hours: hours.map_or(0, |hours| hours.needed),
        worth,
    })
}

/// A rule as it stands in the store.
pub(super) fn rule(row: &graduation_rule::Model) -> AppResult<GraduationRule> {
    let unreadable = || AppError::internal(format!("the rule of graduation of {} {}", row.region, row.valid_from));
    let number = |value: i32| u16::try_from(value).map_err(AppError::internal);
    Ok(GraduationRule {
        region: DivisionCode::parse(&row.region).ok_or_else(unreadable)?,
        level: super::level_of(&row.level)?,
        valid_from: read_date(&row.valid_from).ok_or_else(unreadable)?,
        needs_skill_certificate: row.needs_skill_certificate,
        credits: number(row.credits)?,
        culture_cap: number(row.culture_cap)?,
        skill_cap: number(row.skill_cap)?,
    })
}
