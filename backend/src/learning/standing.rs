//! Where learners stand: pure functions of what is stored, worked out at every look.

use super::{
    catalogue,
    classes::{Studied, ever_studied, studied},
    entity::{daily_cap, exercise_answer, study_interval},
    store,
};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
};
use jiff::civil::Date;
use shared::{
    ids::{AccountId, CourseId, UnitId},
    learning::{
        CourseContent, CourseStanding, DailyCap, ExerciseTally, Gate, JudgedTry, MyCourse, OpenMistake, OpenUnit,
        StudyFacts, StudyInterval, StudyRules, StudyToday, Unit, UnitFacts, UnitProgress, course_standing, credited_ms,
        daily_cap_for, open_mistake, unit_progress,
    },
    organisation::DivisionCode,
    time::{Timestamp, read_date},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Where a learner stands in a course that they study now; `None` if no class of theirs studies it.
///
/// # Errors
/// If the store fails.
pub async fn standing(cx: &Services, account_id: AccountId, course_id: CourseId) -> AppResult<Option<CourseStanding>> {
    let studied = studied(cx, account_id).await?;
    let Some(studied) = studied.iter().find(|studied| studied.course_id == course_id) else { return Ok(None) };
    let facts = Facts::of(cx, account_id, &[course_id]).await?;
    Ok(Some(facts.standing_in(cx, studied).await?))
}

/// Where a learner stands in a course for good: who completed the version that a class of theirs studies, or studied
/// while they were in it, has completed the course. `None` if no class ever did.
///
/// # Errors
/// If the store fails.
pub async fn standing_ever(
    cx: &Services,
    account_id: AccountId,
    course_id: CourseId,
) -> AppResult<Option<CourseStanding>> {
    let facts = Facts::of(cx, account_id, &[course_id]).await?;
    let mut best: Option<CourseStanding> = None;
    for studied in ever_studied(cx, account_id).await?.iter().filter(|studied| studied.course_id == course_id) {
        let standing = facts.standing_in(cx, studied).await?;
        if best.as_ref().is_none_or(|best| tells_more(&standing, best)) {
            best = Some(standing);
        }
    }
    Ok(best)
}

/// Whether a standing counts in the place of another of the same course, which comes from a class before.
pub(super) fn tells_more(standing: &CourseStanding, before: &CourseStanding) -> bool {
    standing.gate == Gate::Open && before.gate != Gate::Open
}

/// The courses that a learner studies, by code.
///
/// # Errors
/// If the store fails.
pub async fn my_courses(cx: &Services, account_id: AccountId) -> AppResult<Vec<MyCourse>> {
    let studied = studied(cx, account_id).await?;
    let ids: Vec<_> = studied.iter().map(|studied| studied.course_id).collect();
    let facts = Facts::of(cx, account_id, &ids).await?;
    let answers = answers_of(cx, account_id).await?;
    let mut mine = Vec::with_capacity(studied.len());
    for studied in &studied {
        mine.push(my_course(cx, studied, (&facts, &answers)).await?);
    }
    mine.sort_by(|one, other| one.course.code.cmp(&other.course.code));
    Ok(mine)
}

/// The courses that a learner studies or has studied, by code; each as [`standing_ever`] sees it.
///
/// # Errors
/// If the store fails.
pub async fn courses_ever(cx: &Services, account_id: AccountId) -> AppResult<Vec<MyCourse>> {
    let studied = ever_studied(cx, account_id).await?;
    let ids: BTreeSet<_> = studied.iter().map(|studied| studied.course_id).collect();
    let facts = Facts::of(cx, account_id, &ids.into_iter().collect::<Vec<_>>()).await?;
    let answers = answers_of(cx, account_id).await?;
    let mut mine: Vec<MyCourse> = Vec::new();
    for studied in &studied {
        let course = my_course(cx, studied, (&facts, &answers)).await?;
        match mine.iter_mut().find(|before| before.course.id == course.course.id) {
            Some(before) if tells_more(&course.standing, &before.standing) => *before = course,
            Some(_) => {}
            None => mine.push(course),
        }
    }
    mine.sort_by(|one, other| one.course.code.cmp(&other.course.code));
    Ok(mine)
}

/// How many questions of a learner were answered and not ended yet, course by course.
pub(super) async fn answers_of(cx: &Services, account_id: AccountId) -> AppResult<HashMap<CourseId, u16>> {
    let counts = store::count_answered_inquiries(cx.db.read(), account_id).await?;
    Ok(counts.into_iter().map(|(course, count)| (course, u16::try_from(count).unwrap_or(u16::MAX))).collect())
}

/// One course of a learner, by what they studied and what was answered to them.
pub(super) async fn my_course(
    cx: &Services,
    studied: &Studied,
    (facts, answers): (&Facts, &HashMap<CourseId, u16>),
) -> AppResult<MyCourse> {
    let content = studied.content(cx).await?;
    let progress = |unit: &Unit| facts.progress(unit);
    Ok(MyCourse {
        course: catalogue::course(cx, studied.course_id).await?,
        class_id: studied.class.id,
        class_name: studied.class.name.clone(),
        standing: facts.standing(studied.course_id, &content, &studied.class.division),
        next_unit: units(&content).map(progress).find(|unit| !unit.is_complete),
        mistakes: facts.mistakes(&content),
        answers: answers.get(&studied.course_id).copied().unwrap_or_default(),
    })
}

/// The units of a content, in order.
pub(super) fn units(content: &CourseContent) -> impl Iterator<Item = &Unit> {
    content.modules.iter().flat_map(|module| &module.units)
}

/// What is stored of one learner's study.
#[derive(Default)]
pub(super) struct Facts {
    read_pct: HashMap<UnitId, i32>,
    done: HashMap<UnitId, HashSet<i32>>,
    /// What a rule has judged, exercise by exercise, in order.
    tries: HashMap<(UnitId, i32), Vec<JudgedTry>>,
    /// Whatever course it was of: a day has one limit for all of them.
    intervals: Vec<(CourseId, StudyInterval)>,
    /// From when until when each unit was read or tried.
    spans: HashMap<UnitId, StudyInterval>,
    /// When each course was studied last.
    last: HashMap<CourseId, Timestamp>,
    caps: Vec<DailyCap>,
}

impl Facts {
    /// What is stored of a learner's study of these courses.
    pub(super) async fn of(cx: &Services, account_id: AccountId, courses: &[CourseId]) -> AppResult<Self> {
        Ok(Self::of_each(cx, &[account_id], courses).await?.remove(&account_id).unwrap_or_default())
    }

    /// The same of several learners; nothing of those who have not begun.
    pub(super) async fn of_each(
        cx: &Services,
        accounts: &[AccountId],
        courses: &[CourseId],
    ) -> AppResult<HashMap<AccountId, Self>> {
        let caps: Vec<_> = store::list_daily_caps(cx.db.read()).await?.iter().map(cap).collect::<AppResult<_>>()?;
        let nothing = || Self { caps: caps.clone(), ..Self::default() };
        let mut facts: HashMap<_, Self> = HashMap::new();
        for row in store::list_intervals(cx.db.read(), accounts).await? {
            facts.entry(row.account_id).or_insert_with(nothing).add_interval(&row);
        }
        for row in store::list_answers(cx.db.read(), accounts, courses).await? {
            facts.entry(row.account_id).or_insert_with(nothing).add_answer(&row);
        }
        Ok(facts)
    }

    fn add_interval(&mut self, row: &study_interval::Model) {
        let read = self.read_pct.entry(row.unit_id).or_default();
        *read = row.read_pct.max(*read);
        let interval = StudyInterval { from: row.from_at, until: row.to_at };
        self.intervals.push((row.course_id, interval));
        self.note_time(row.course_id, row.unit_id, interval);
    }

    fn note_time(&mut self, course_id: CourseId, unit_id: UnitId, when: StudyInterval) {
        let span = self.spans.entry(unit_id).or_insert(when);
        *span = StudyInterval { from: span.from.min(when.from), until: span.until.max(when.until) };
        let last = self.last.entry(course_id).or_insert(when.until);
        *last = when.until.max(*last);
    }

    /// An answer counts unless it is known to be wrong.
    fn add_answer(&mut self, row: &exercise_answer::Model) {
        let when = StudyInterval { from: row.answered_at, until: row.answered_at };
        self.note_time(row.course_id, row.unit_id, when);
        if row.is_right != Some(false) {
            self.done.entry(row.unit_id).or_default().insert(row.exercise);
        }
        if let Some(is_right) = row.is_right {
            let tries = self.tries.entry((row.unit_id, row.exercise)).or_default();
            tries.push(JudgedTry { is_right, at: row.answered_at });
        }
    }

    /// What keeps an exercise in the wrong-answer book.
    pub(super) fn mistake(&self, unit: &Unit, exercise: usize) -> Option<OpenMistake> {
        let exercise = i32::try_from(exercise).ok()?;
        open_mistake(self.tries.get(&(unit.id, exercise))?)
    }

    fn mistakes(&self, content: &CourseContent) -> u16 {
        let of_unit =
            |unit: &Unit| (0..unit.exercises.len()).filter(|exercise| self.mistake(unit, *exercise).is_some()).count();
        u16::try_from(units(content).map(of_unit).sum::<usize>()).unwrap_or(u16::MAX)
    }

    /// Whether an exercise has been done.
    pub(super) fn is_done(&self, unit: &Unit, exercise: usize) -> bool {
        let exercise = i32::try_from(exercise).unwrap_or(i32::MAX);
        self.done.get(&unit.id).is_some_and(|done| done.contains(&exercise))
    }

    fn unit(&self, unit: &Unit) -> UnitFacts {
        let done = (0..unit.exercises.len()).filter(|exercise| self.is_done(unit, *exercise)).count();
        let count = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        let read_pct = self.read_pct.get(&unit.id).copied().unwrap_or_default();
        UnitFacts {
            id: unit.id,
            title: unit.title.clone(),
            minutes: unit.minutes,
            read_pct: u8::try_from(read_pct.clamp(0, 100)).unwrap_or_default(),
            exercises: count(unit.exercises.len()),
            exercises_done: count(done),
        }
    }

    /// Where a unit stands.
    pub(super) fn progress(&self, unit: &Unit) -> UnitProgress {
        unit_progress(&self.unit(unit), &StudyRules::zhejiang_2022())
    }

    /// Where the learner stands in a course with this content, in a class of this division.
    pub(super) fn standing(&self, course_id: CourseId, content: &CourseContent, division: &str) -> CourseStanding {
        let units: Vec<_> = units(content).map(|unit| self.unit(unit)).collect();
        let task_points = u16::try_from(units.len()).unwrap_or(u16::MAX);
        let credited = credited_ms(&self.intervals, |day| self.cap(division, day).map(DailyCap::ms));
        let studied_ms: i64 = credited.iter().filter(|((_, course), _)| *course == course_id).map(|(_, ms)| ms).sum();
        course_standing(task_points, &units, studied_ms, &StudyRules::zhejiang_2022())
    }

    /// The same in a course that the learner studies.
    async fn standing_in(&self, cx: &Services, studied: &Studied) -> AppResult<CourseStanding> {
        let content = studied.content(cx).await?;
        Ok(self.standing(studied.course_id, &content, &studied.class.division))
    }

    /// When the learner studied a course online the first and the last time.
    pub(super) fn studied_at(&self, course_id: CourseId) -> Option<(Timestamp, Timestamp)> {
        let of_course = self.intervals.iter().filter(|(course, _)| *course == course_id);
        let intervals: Vec<&StudyInterval> = of_course.map(|(_, interval)| interval).collect();
        let first = intervals.iter().map(|interval| interval.from).min()?;
        Some((first, intervals.iter().map(|interval| interval.until).max()?))
    }

    /// What counts today in a class of this division; `None` where no rule sets a limit.
    pub(super) fn today(&self, division: &str, now: Timestamp) -> Option<StudyToday> {
        let today = now.date_in_china();
        let cap = self.cap(division, today)?;
        let credited = credited_ms(&self.intervals, |day| (day == today).then(|| cap.ms()));
        let counted_ms: i64 = credited.iter().filter(|((day, _), _)| *day == today).map(|(_, ms)| ms).sum();
        let counted_minutes = u16::try_from(counted_ms / 60_000).unwrap_or(u16::MAX);
        Some(StudyToday { counted_minutes, cap_minutes: cap.minutes })
    }

    fn cap(&self, division: &str, day: Date) -> Option<&DailyCap> {
        daily_cap_for(&self.caps, DivisionCode::parse(division)?, day)
    }

    /// When the learner studied a course last.
    pub(super) fn last_at(&self, course_id: CourseId) -> Option<Timestamp> {
        self.last.get(&course_id).copied()
    }

    /// What tells where the learner is in a course with this content.
    pub(super) fn study(&self, course_id: CourseId, content: &CourseContent, division: &str) -> StudyFacts {
        let open = |unit: &Unit| {
            let span = self.spans.get(&unit.id).filter(|_| !self.progress(unit).is_complete)?;
            let (begun_at, last_at) = (span.from, span.until);
            Some(OpenUnit { title: unit.title.clone(), begun_at, last_at, failed_tries: self.failed_tries(unit) })
        };
        StudyFacts {
            gate: self.standing(course_id, content, division).gate,
            last_at: self.last_at(course_id),
            open_units: units(content).filter_map(open).collect(),
        }
    }

    /// What came of the exercises of a content.
    pub(super) fn tally(&self, content: &CourseContent) -> ExerciseTally {
        let mut tally = ExerciseTally::default();
        for unit in units(content) {
            for exercise in 0..unit.exercises.len() {
                let key = i32::try_from(exercise).map(|exercise| (unit.id, exercise));
                let tries = key.ok().and_then(|key| self.tries.get(&key));
                tally.count(self.is_done(unit, exercise), tries.and_then(|tries| Some(tries.first()?.is_right)));
            }
        }
        tally
    }

    /// Most tries at one exercise of a unit, none of them right.
    fn failed_tries(&self, unit: &Unit) -> u32 {
        let of_one = |exercise: usize| {
            let tries = self.tries.get(&(unit.id, i32::try_from(exercise).ok()?))?;
            (!self.is_done(unit, exercise)).then_some(tries.len())
        };
        let most = (0..unit.exercises.len()).filter_map(of_one).max();
        u32::try_from(most.unwrap_or(0)).unwrap_or(u32::MAX)
    }
}

fn cap(row: &daily_cap::Model) -> AppResult<DailyCap> {
    let unknown = || AppError::internal("a limit of a day's study that cannot be read");
    Ok(DailyCap {
        region: DivisionCode::parse(&row.region).ok_or_else(unknown)?,
        valid_from: read_date(&row.valid_from).ok_or_else(unknown)?,
        minutes: u16::try_from(row.minutes).map_err(AppError::internal)?,
    })
}
