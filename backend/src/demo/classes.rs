//! The class of those whose accounts are offered: its tutor, its evenings, and who came.

use super::{DAY_S, Stage};
use crate::{
    access::Actor,
    learning::{self, ClassHead},
    platform::{
        clock::Clock,
        error::{AppError, AppResult},
        http::IdempotencyKey,
        texts::Language,
    },
    teaching,
};
use serde::Deserialize;
use shared::{
    ids::AccountId,
    learning::{ClassEntry, ClassPlan, ClassSeason, CourseAtVersion, PlannedCourse},
    rights::{Role, RoleAt},
    teaching::{
        AttendanceState, MeetingEntry, MeetingMode, MeetingSeries, MeetingView, RollCallEntry, RollCallMethod,
        SendRollCalls,
    },
    time::Timestamp,
};

/// Evenings before today and after it, in days from now.
const MET_BEFORE: i64 = 21;
const MEETS_AFTER: i64 = 42;
/// An evening lasts for two class hours.
const EVENING_S: i64 = 90 * 60;

#[derive(Deserialize)]
struct Told {
    tutor: String,
    office: String,
    /// Somebody in the class.
    learner: String,
    course: String,
    partner: String,
    topic: String,
}

impl Stage<'_> {
    /// The office gives the class a tutor, who meets it each week and calls the roll.
    pub(super) async fn classes(&self) -> AppResult<()> {
        let told: Told = toml::from_str(include_str!("../../demo/classes.toml")).map_err(AppError::internal)?;
        let (office, tutor) = (self.cast.actor(&told.office)?, self.cast.actor(&told.tutor)?);
        let learner = self.cast.actor(&told.learner)?.account_id;
        let class = learning::classes_of(self.cx, learner).await?.into_iter().next();
        let class = class.ok_or_else(|| AppError::internal("nobody of the demo is in a class"))?;

        self.days_ago(MET_BEFORE + 1);
        let plan = learning::class_plan(self.cx, office, class.id).await?;
        let entry = with_tutor(&plan, tutor.account_id, &told.partner);
        learning::change_class(self.cx, office, class.id, plan.version, &entry).await?;
        let series = self.series(&told, tutor.account_id)?;
        let entered =
            teaching::enter_series(self.cx, office, &IdempotencyKey(None), (class.id, &series)).await?.meetings;

        let tutor = keeper(tutor, &class);
        let learners = learning::learners_of(self.cx, class.id).await?;
        for (at, meeting) in entered.iter().filter(|meeting| meeting.ends_at < self.today).enumerate() {
            self.clock.set(meeting.ends_at);
            let entries =
                learners.iter().enumerate().map(|(nth, learner)| self.noted(meeting, &tutor, *learner, at + nth));
            let sent = SendRollCalls { entries: entries.collect() };
            teaching::record_roll_calls(self.cx, &tutor, &sent, Language::Chinese).await?;
        }
        Ok(())
    }

    /// Each week at 19:00 in China, some weeks back and some ahead.
    fn series(&self, told: &Told, teacher: AccountId) -> AppResult<MeetingSeries> {
        let midnight = (self.today.0 + 8 * 3_600_000).div_euclid(DAY_S * 1_000) * DAY_S * 1_000 - 8 * 3_600_000;
        let starts_at = Timestamp(midnight).plus_s(19 * 3_600 - MET_BEFORE * DAY_S);
        let first = MeetingEntry {
            course_id: self.world.course(&told.course)?.id,
            topic: told.topic.clone(),
            teacher_id: Some(teacher),
            room_id: None,
            mode: Some(MeetingMode::FaceToFace),
            starts_at,
            ends_at: starts_at.plus_s(EVENING_S),
        };
        let until = self.today.plus_s(MEETS_AFTER * DAY_S).date_in_china();
        Ok(MeetingSeries { first, until, weekdays: Vec::new(), meets_on_worked_days: false })
    }

    /// Most are there; now and then somebody is late or has leave.
    fn noted(&self, meeting: &MeetingView, tutor: &Actor, learner: AccountId, nth: usize) -> RollCallEntry {
        let (state, minutes) = match nth % 7 {
            5 => (AttendanceState::Late, Some(80)),
            6 => (AttendanceState::Leave, None),
            _ => (AttendanceState::Present, None),
        };
        RollCallEntry {
            id: self.cx.ids.new_id(),
            meeting_id: meeting.id,
            learner,
            state,
            minutes,
            noted_at: self.clock.now(),
            noted_by: tutor.account_id,
            method: RollCallMethod::RollCall,
            reason: String::new(),
        }
    }
}

/// The plan as it is, with a tutor.
fn with_tutor(plan: &ClassPlan, tutor: AccountId, partner: &str) -> ClassEntry {
    let course =
        |course: &PlannedCourse| CourseAtVersion { course_id: course.course_id, version: Some(course.version) };
    ClassEntry {
        provider_id: plan.class.provider_id,
        name: plan.class.name.clone(),
        form: plan.class.form,
        partner: partner.to_owned(),
        partner_contact: plan.partner_contact.clone(),
        partner_phone: plan.partner_phone.clone(),
        season: Some(ClassSeason::Spring),
        tutor_id: Some(tutor),
        capacity: plan.class.capacity,
        teaching_point_id: plan.teaching_point_id,
        courses: plan.courses.iter().map(course).collect(),
        starts_on: plan.starts_on,
        ends_on: plan.ends_on,
    }
}

/// The tutor as they are from now on.
pub(super) fn keeper(tutor: &Actor, class: &ClassHead) -> Actor {
    let role = RoleAt { role: Role::ClassTutor, place: class.place() };
    Actor { roles: vec![role], ..tutor.clone() }
}
