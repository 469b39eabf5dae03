//! Class hours that learners were present for, by the rule: minutes are added up, then divided once; those face to face
//! and those online by themselves. Of two meetings at the same time the time counts once.

use super::{
    entity::{meeting, meeting_makeup},
    makeups::minutes_of,
    roll, store, views,
};
use crate::{
    access::Actor,
    identity,
    learning::{self, ClassHead, CourseHead, KeptCourseRules},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    device_log::latest,
    ids::{AccountId, ClassId, CourseId, MeetingId},
    learning::{AttendanceRule, RecordedCourse, RecordedHours, StudyInterval, StudyRecord},
    problem::ProblemCode,
    rights::Right,
    teaching::{
        Attended, CountedMinutes, CourseHours, LearnerHours, MeetingState, MeetingView, OwnAttendance, RollCallEntry,
        minutes_once, presence,
    },
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What counts of one learner in one course.
#[derive(Clone, Default)]
struct Counted {
    face_to_face: CountedMinutes,
    online: CountedMinutes,
}

/// Minutes of each learner in each course.
type Minutes = BTreeMap<(AccountId, CourseId), Counted>;

/// The class hours of a learner in each course of the classes that they are in, and wherever else they were present,
/// by title.
///
/// # Errors
/// If the store fails.
pub(super) async fn hours_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<CourseHours>> {
    hours_in(cx, account_id, learning::classes_of(cx, account_id).await?).await
}

/// The same with the courses of the classes that they have left, too.
///
/// # Errors
/// If the store fails.
pub async fn hours_ever_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<CourseHours>> {
    hours_in(cx, account_id, learning::classes_ever_of(cx, account_id).await?).await
}

/// All class hours of a learner, those of study online too, against the rule of each course that they study or have
/// studied.
///
/// # Errors
/// If the store fails.
pub(super) async fn recorded_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<RecordedCourse>> {
    let records = learning::study_records(cx, account_id, &presences_of(cx, account_id).await?).await?;
    let met = hours_ever_of(cx, account_id).await?;
    let recorded = |record: &StudyRecord| {
        let met = met.iter().find(|course| course.course_id == record.course.id);
        let (face_to_face, online_min) = met.map_or((0, 0), |course| (course.class_hours, course.online_minutes));
        RecordedCourse { course_id: record.course.id, hours: RecordedHours::of(record, face_to_face, online_min) }
    };
    Ok(records.iter().map(recorded).collect())
}

async fn hours_in(cx: &Services, account_id: AccountId, studied: Vec<ClassHead>) -> AppResult<Vec<CourseHours>> {
    let noted = Noted::of(cx, &[account_id]).await?;
    let met = noted.meetings.iter().map(|meeting| meeting.class_id);
    let classes: BTreeSet<_> = met.chain(studied.iter().map(|class| class.id)).collect();
    let rules = learning::attendance_rules(cx, &classes.into_iter().collect::<Vec<_>>()).await?;
    let minutes = noted.minutes(&rules)?;
    let mut courses: BTreeSet<_> = minutes.keys().map(|(_, course)| *course).collect();
    let mut studied_in = HashMap::new();
    // What is studied face to face is there before the first meeting.
    for class in studied {
        for course in learning::courses_of(cx, class.id).await? {
            courses.insert(course);
            studied_in.entry(course).or_insert(class.id);
        }
    }
    let rule = |course: CourseId| rules.get(studied_in.get(&course)?);
    let courses = learning::course_heads(cx, courses).await?;
    let kept = kept_rules(cx, &[account_id], &courses).await?;
    Ok(hours((account_id, &kept), &minutes, &courses, rule))
}

/// What was noted of learners, what they made up, and the meetings of both.
struct Noted {
    entries: Vec<RollCallEntry>,
    makeups: Vec<meeting_makeup::Model>,
    meetings: Vec<meeting::Model>,
}

impl Noted {
    async fn of(cx: &Services, learners: &[AccountId]) -> AppResult<Self> {
        let entries = roll::of_learners(cx, learners).await?;
        let makeups = store::list_makeups_of(cx.db.read(), learners).await?;
        let made_up = makeups.iter().flat_map(|makeup| [Some(makeup.meeting_id), makeup.by_meeting_id]).flatten();
        let ids: BTreeSet<_> = entries.iter().map(|entry| entry.meeting_id).chain(made_up).collect();
        let meetings = store::list_meetings_by_ids(cx.db.read(), &ids.into_iter().collect::<Vec<_>>()).await?;
        Ok(Self { entries, makeups, meetings })
    }
}

/// When a learner was at meetings of any class, however these were held.
///
/// # Errors
/// If the store fails.
pub async fn presences_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<StudyInterval>> {
    let noted = Noted::of(cx, &[account_id]).await?;
    let attended = noted.attended(&noted.held())?.remove(&account_id).unwrap_or_default();
    Ok(attended.into_iter().map(|meeting| meeting.stretch).collect())
}

/// What counts of a learner at each meeting, in the order of time. Of meetings that were cancelled nothing does.
///
/// # Errors
/// If the store fails.
pub async fn attendance_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<OwnAttendance>> {
    let noted = Noted::of(cx, &[account_id]).await?;
    let minutes = noted.minutes_of(account_id)?;
    let Noted { entries, meetings, .. } = noted;
    let own = |meeting: MeetingView| {
        let counts = latest(entries.iter().filter(|entry| entry.meeting_id == meeting.id))?;
        Some(OwnAttendance {
            meeting_id: meeting.id,
            starts_at: meeting.starts_at,
            class_name: meeting.class_name,
            course_title: meeting.course_title,
            state: counts.state,
            minutes: minutes.get(&meeting.id).copied().unwrap_or_default(),
        })
    };
    let mut attendance: Vec<_> = views::views(cx, meetings).await?.into_iter().filter_map(own).collect();
    attendance.sort_by_key(|meeting| (meeting.starts_at, meeting.meeting_id));
    Ok(attendance)
}

/// The class hours of the learners of a class in its courses, by name.
pub(super) async fn of_class(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<Vec<LearnerHours>> {
    let class = views::see_class(cx, actor, id).await?;
    if !actor.has_any(&[Right::TakeAttendance], &class.place()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let learners = learning::learners_of(cx, id).await?;
    let mut hours = hours_in_class(cx, id, &learners).await?;
    let names = identity::names_of(cx, &learners).await?;
    let row = |account_id| LearnerHours {
        account_id,
        display_name: names.get(&account_id).cloned().unwrap_or_default(),
        courses: hours.remove(&account_id).unwrap_or_default(),
    };
    let mut rows: Vec<_> = learners.into_iter().map(row).collect();
    rows.sort_by(|one, other| (&one.display_name, one.account_id).cmp(&(&other.display_name, other.account_id)));
    Ok(rows)
}

/// The class hours of these learners of a class in each of its courses, by title. Meetings of other classes count for
/// nothing here, but the time that they cover counts there. Whether an actor may know is for the caller to ask.
///
/// # Errors
/// If the store fails.
pub async fn hours_in_class(
    cx: &Services,
    id: ClassId,
    learners: &[AccountId],
) -> AppResult<HashMap<AccountId, Vec<CourseHours>>> {
    let rules = learning::attendance_rules(cx, &[id]).await?;
    let minutes = Noted::of(cx, learners).await?.minutes(&rules)?;
    let courses = learning::course_heads(cx, learning::courses_of(cx, id).await?).await?;
    let rule = |_: CourseId| rules.get(&id);
    let kept = kept_rules(cx, learners, &courses).await?;
    Ok(learners.iter().map(|learner| (*learner, hours((*learner, &kept), &minutes, &courses, rule))).collect())
}

/// What these courses are by the rules that these learners keep.
async fn kept_rules(
    cx: &Services,
    learners: &[AccountId],
    courses: &HashMap<CourseId, CourseHead>,
) -> AppResult<KeptCourseRules> {
    let courses: Vec<CourseId> = courses.keys().copied().collect();
    learning::kept_course_rules(cx.db.read(), learners, &courses, cx.clock.now().date_in_china()).await
}

/// Meetings that are on the timetable still, by id.
type Held<'a> = HashMap<MeetingId, &'a meeting::Model>;

impl Noted {
    fn held(&self) -> Held<'_> {
        let held = self.meetings.iter().filter(|meeting| meeting.state == MeetingState::Planned.as_str());
        held.map(|meeting| (meeting.id, meeting)).collect()
    }

    /// When each learner was at which of these meetings, or made it up at another one: the time is that one's then.
    fn attended(&self, held: &Held<'_>) -> AppResult<BTreeMap<AccountId, Vec<Attended<MeetingId>>>> {
        let mut of_each: BTreeMap<(AccountId, MeetingId), Vec<&RollCallEntry>> = BTreeMap::new();
        for entry in &self.entries {
            of_each.entry((entry.learner, entry.meeting_id)).or_default().push(entry);
        }
        let mut attended: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for ((learner, id), entries) in of_each {
            let (Some(meeting), Some(counts)) = (held.get(&id), latest(entries)) else { continue };
            let Some(stretch) = presence(meeting.starts_at, meeting.ends_at, counts) else { continue };
            let is_face_to_face = views::mode(meeting)?.is_face_to_face();
            attended.entry(learner).or_default().push(Attended { meeting: id, is_face_to_face, stretch });
        }
        for makeup in &self.makeups {
            let by =
                makeup.by_meeting_id.and_then(|id| held.get(&id)).filter(|_| held.contains_key(&makeup.meeting_id));
            let Some(by) = by else { continue };
            let of_learner = attended.entry(makeup.learner_id).or_default();
            // A roll that was put right since says that they were there.
            if of_learner.iter().any(|one| one.meeting == makeup.meeting_id) {
                continue;
            }
            let until = by.starts_at.plus_s(i64::from(minutes_of(makeup)?) * 60);
            of_learner.push(Attended {
                meeting: makeup.meeting_id,
                is_face_to_face: views::mode(by)?.is_face_to_face(),
                stretch: StudyInterval { from: by.starts_at, until },
            });
        }
        Ok(attended)
    }

    /// Minutes that count of a learner, by the meeting at which they were, or which they made up.
    fn minutes_of(&self, learner: AccountId) -> AppResult<HashMap<MeetingId, u16>> {
        let held = self.held();
        let attended = self.attended(&held)?.remove(&learner).unwrap_or_default();
        let mut minutes: HashMap<MeetingId, u16> = minutes_once(&attended).into_iter().collect();
        for (makeup, _) in self.tasks(&held, learner, &attended) {
            minutes.insert(makeup.meeting_id, minutes_of(makeup)?);
        }
        Ok(minutes)
    }

    /// The tasks by which a learner made up meetings at which they were not, and these meetings.
    fn tasks<'a>(
        &'a self,
        held: &'a Held<'a>,
        learner: AccountId,
        attended: &'a [Attended<MeetingId>],
    ) -> impl Iterator<Item = (&'a meeting_makeup::Model, &'a meeting::Model)> {
        let of_learner =
            self.makeups.iter().filter(move |makeup| makeup.learner_id == learner && makeup.by_meeting_id.is_none());
        let missed = of_learner.filter(move |makeup| attended.iter().all(|one| one.meeting != makeup.meeting_id));
        missed.filter_map(move |makeup| Some((makeup, *held.get(&makeup.meeting_id)?)))
    }

    /// What counts, by the rule of each class. Meetings of classes without a rule here count for nothing. A task is
    /// study online.
    fn minutes(&self, rules: &HashMap<ClassId, AttendanceRule>) -> AppResult<Minutes> {
        let (held, mut minutes) = (self.held(), Minutes::new());
        let mut attended = self.attended(&held)?;
        for learner in self.makeups.iter().map(|makeup| makeup.learner_id) {
            attended.entry(learner).or_default();
        }
        for (learner, attended) in &attended {
            let face_to_face: BTreeSet<MeetingId> =
                attended.iter().filter(|one| one.is_face_to_face).map(|one| one.meeting).collect();
            for (id, counted) in minutes_once(attended) {
                let Some(meeting) = held.get(&id) else { continue };
                let Some(rule) = rules.get(&meeting.class_id) else { continue };
                let of_course = minutes.entry((*learner, meeting.course_id)).or_default();
                let of_mode = match face_to_face.contains(&id) {
                    true => &mut of_course.face_to_face,
                    false => &mut of_course.online,
                };
                of_mode.count(counted, rule);
            }
            for (makeup, meeting) in self.tasks(&held, *learner, attended) {
                let Some(rule) = rules.get(&meeting.class_id) else { continue };
                let of_course = minutes.entry((*learner, meeting.course_id)).or_default();
                of_course.online.count(minutes_of(makeup)?, rule);
            }
        }
        Ok(minutes)
    }
}

/// The hours of a learner in these courses, by title; `rule` is that of the class in which they study one.
fn hours<'a>(
    (account_id, kept): (AccountId, &KeptCourseRules),
    minutes: &Minutes,
    courses: &HashMap<CourseId, CourseHead>,
    rule: impl Fn(CourseId) -> Option<&'a AttendanceRule>,
) -> Vec<CourseHours> {
    let row = |course: &CourseHead| {
        let counted = minutes.get(&(account_id, course.id)).cloned().unwrap_or_default();
        let rule_of_course = kept.of(account_id, course.id);
        let needed_together = rule_of_course.map_or(course.face_to_face_hours, |rule| rule.face_to_face_hours);
        CourseHours {
            course_id: course.id,
            course_title: course.title.clone(),
            minutes: counted.face_to_face.minutes(),
            class_hours: counted.face_to_face.class_hours(),
            online_minutes: counted.online.minutes(),
            online_class_hours: counted.online.class_hours(),
            needed: rule(course.id).map_or(needed_together, |rule| rule.face_to_face_needed(needed_together)),
            needed_together,
        }
    };
    let mut hours: Vec<_> = courses.values().map(row).collect();
    hours.sort_by(|one, other| (&one.course_title, one.course_id).cmp(&(&other.course_title, other.course_id)));
    hours
}
