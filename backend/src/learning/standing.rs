//! Where learners stand: pure functions of what is stored, worked out at every look.

use super::{
    assignments::HandIns,
    catalogue,
    classes::Studied,
    course_rules::kept::kept_course_rules,
    daily_caps::daily_caps,
    entity::{exercise_answer, study_interval},
    external::ExternalScores,
    store::{self, HandInFact},
};
use crate::platform::{Services, error::AppResult};
use jiff::civil::Date;
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, CourseId, CourseVersionId, UnitId},
    learning::{
        CourseContent, CourseStanding, DailyCap, ExerciseTally, Gate, JudgedTry, OpenMistake, OpenUnit, ReadStretch,
        ReadingStanding, StudyFacts, StudyInterval, StudyRules, StudyToday, Unit, UnitFacts, UnitProgress,
        course_standing, credited_ms, daily_cap_for, exercise_now, open_mistake, outside, reading_standing, text_chars,
        unit_progress,
    },
    organisation::DivisionCode,
    time::Timestamp,
};
use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

/// Whether a standing counts in the place of another of the same course, which comes from a class before.
pub(super) fn tells_more(standing: &CourseStanding, before: &CourseStanding) -> bool {
    standing.gate == Gate::Open && before.gate != Gate::Open
}

/// The units of a content, in order.
pub(super) fn units(content: &CourseContent) -> impl Iterator<Item = &Unit> {
    content.modules.iter().flat_map(|module| &module.units)
}

/// A try at an exercise.
struct Try {
    /// The version in which it stood; unknown of the earliest.
    version_id: Option<CourseVersionId>,
    exercise: usize,
    is_right: Option<bool>,
    at: Timestamp,
}

/// What is stored of one learner's study.
#[derive(Default)]
pub(super) struct Facts {
    /// When each unit was read, and how far.
    read: HashMap<UnitId, Vec<ReadStretch>>,
    /// When they began to read or to answer, and in which unit.
    begun: HashMap<CourseId, Vec<(Timestamp, UnitId)>>,
    /// Tries at exercises, in order.
    tries: HashMap<UnitId, Vec<Try>>,
    pub(super) hand_ins: HandIns,
    /// What tools of others reported.
    pub(super) scores: ExternalScores,
    /// Whatever course it was of: a day has one limit for all of them.
    intervals: Vec<(CourseId, StudyInterval)>,
    /// From when until when each unit was read or tried.
    spans: HashMap<UnitId, StudyInterval>,
    /// When each course was studied last.
    last: HashMap<CourseId, Timestamp>,
    /// What was asked where they tried.
    asked: HashMap<CourseVersionId, Arc<CourseContent>>,
    caps: Vec<DailyCap>,
    /// How much of a course must be studied before its test, by the rule that the learner keeps, where one was changed.
    gates: HashMap<CourseId, u8>,
}

impl Facts {
    /// What is stored of a learner's study of these courses.
    pub(super) async fn of(cx: &Services, account_id: AccountId, courses: &[CourseId]) -> AppResult<Self> {
        Self::of_in(cx, cx.db.read(), account_id, courses).await
    }

    /// The same as `conn` sees it.
    pub(super) async fn of_in(
        cx: &Services,
        conn: &impl ConnectionTrait,
        account_id: AccountId,
        courses: &[CourseId],
    ) -> AppResult<Self> {
        let mut facts = Self::of_each_in(cx, conn, &[account_id], courses).await?;
        Ok(facts.remove(&account_id).unwrap_or_default())
    }

    /// The same of several learners; nothing of those who have not begun.
    pub(super) async fn of_each(
        cx: &Services,
        accounts: &[AccountId],
        courses: &[CourseId],
    ) -> AppResult<HashMap<AccountId, Self>> {
        Self::of_each_in(cx, cx.db.read(), accounts, courses).await
    }

    async fn of_each_in(
        cx: &Services,
        conn: &impl ConnectionTrait,
        accounts: &[AccountId],
        courses: &[CourseId],
    ) -> AppResult<HashMap<AccountId, Self>> {
        let caps = daily_caps(conn).await?;
        let nothing = || Self { caps: caps.clone(), ..Self::default() };
        let mut facts: HashMap<_, Self> = HashMap::new();
        for row in store::list_intervals(conn, accounts).await? {
            facts.entry(row.account_id).or_insert_with(nothing).add_interval(&row);
        }
        for row in store::list_answers(conn, accounts, courses).await? {
            facts.entry(row.account_id).or_insert_with(nothing).add_answer(cx, &row).await?;
        }
        for hand_in in store::list_hand_in_facts(conn, accounts, courses).await? {
            facts.entry(hand_in.account_id).or_insert_with(nothing).add_hand_in(&hand_in)?;
        }
        for score in store::list_score_facts(conn, accounts, courses).await? {
            facts.entry(score.account_id).or_insert_with(nothing).scores.add(&score);
        }
        let rules = kept_course_rules(conn, accounts, courses, cx.clock.now().date_in_china()).await?;
        for account_id in accounts {
            let gates = rules.gates(*account_id);
            if !gates.is_empty() {
                facts.entry(*account_id).or_insert_with(nothing).gates = gates;
            }
        }
        Ok(facts)
    }

    /// What is stored of a learner's study of one unit, and of whatever else they studied since an instant: enough to
    /// say where the unit stands and what of that day counts, however long they have been learning.
    pub(super) async fn of_unit(
        cx: &Services,
        account_id: AccountId,
        of_unit: (CourseId, UnitId),
        since: Timestamp,
    ) -> AppResult<Self> {
        let mut each = Self::of_unit_each(cx, &[account_id], of_unit, since).await?;
        let facts = each.remove(&account_id).unwrap_or_default();
        Ok(Self { caps: daily_caps(cx.db.read()).await?, ..facts })
    }

    /// The same of several learners, without the limits of a day; nothing of those who have not begun the unit.
    pub(super) async fn of_unit_each(
        cx: &Services,
        accounts: &[AccountId],
        (course_id, unit_id): (CourseId, UnitId),
        since: Timestamp,
    ) -> AppResult<HashMap<AccountId, Self>> {
        let conn = cx.db.read();
        let mut facts: HashMap<_, Self> = HashMap::new();
        for row in store::list_unit_intervals(conn, accounts, (course_id, unit_id), since).await? {
            facts.entry(row.account_id).or_default().add_interval(&row);
        }
        for row in store::list_unit_answers(conn, accounts, (course_id, unit_id)).await? {
            facts.entry(row.account_id).or_default().add_answer(cx, &row).await?;
        }
        let hand_ins = store::list_hand_in_facts(conn, accounts, &[course_id]).await?;
        for hand_in in hand_ins.iter().filter(|hand_in| hand_in.unit_id == unit_id) {
            facts.entry(hand_in.account_id).or_default().add_hand_in(hand_in)?;
        }
        let scores = store::list_score_facts(conn, accounts, &[course_id]).await?;
        for score in scores.iter().filter(|score| score.unit_id == unit_id) {
            facts.entry(score.account_id).or_default().scores.add(score);
        }
        Ok(facts)
    }

    fn add_interval(&mut self, row: &study_interval::Model) {
        self.begun.entry(row.course_id).or_default().push((row.from_at, row.unit_id));
        let interval = StudyInterval { from: row.from_at, until: row.to_at };
        let read_pct = u8::try_from(row.read_pct.clamp(0, 100)).unwrap_or_default();
        self.read.entry(row.unit_id).or_default().push(ReadStretch { interval, read_pct });
        self.intervals.push((row.course_id, interval));
        self.note_time(row.course_id, row.unit_id, interval);
    }

    fn note_time(&mut self, course_id: CourseId, unit_id: UnitId, when: StudyInterval) {
        let span = self.spans.entry(unit_id).or_insert(when);
        *span = StudyInterval { from: span.from.min(when.from), until: span.until.max(when.until) };
        let last = self.last.entry(course_id).or_insert(when.until);
        *last = when.until.max(*last);
    }

    async fn add_answer(&mut self, cx: &Services, row: &exercise_answer::Model) -> AppResult<()> {
        if let Some(version_id) = row.course_version_id
            && let Entry::Vacant(unknown) = self.asked.entry(version_id)
        {
            unknown.insert(catalogue::content(cx, version_id).await?);
        }
        let when = StudyInterval { from: row.answered_at, until: row.answered_at };
        self.note_time(row.course_id, row.unit_id, when);
        self.begun.entry(row.course_id).or_default().push((row.answered_at, row.unit_id));
        self.tries.entry(row.unit_id).or_default().push(Try {
            version_id: row.course_version_id,
            exercise: usize::try_from(row.exercise).unwrap_or(usize::MAX),
            is_right: row.is_right,
            at: row.answered_at,
        });
        Ok(())
    }

    fn add_hand_in(&mut self, hand_in: &HandInFact) -> AppResult<()> {
        let when = StudyInterval { from: hand_in.handed_in_at, until: hand_in.handed_in_at };
        self.note_time(hand_in.course_id, hand_in.unit_id, when);
        self.begun.entry(hand_in.course_id).or_default().push((hand_in.handed_in_at, hand_in.unit_id));
        self.hand_ins.add(hand_in)
    }

    /// When they began to read, to answer or to hand in, in which unit of a course.
    pub(super) fn begun(&self, course_id: CourseId) -> &[(Timestamp, UnitId)] {
        self.begun.get(&course_id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The tries at an exercise, in order: what was answered in another version counts if the same was asked.
    fn tries_at<'a>(&'a self, unit: &'a Unit, exercise: usize) -> impl Iterator<Item = &'a Try> {
        let tries = self.tries.get(&unit.id).into_iter().flatten();
        tries.filter(move |one| self.place_of(one, unit) == Some(exercise))
    }

    /// Where an exercise that was tried stands in a unit.
    fn place_of(&self, one: &Try, unit: &Unit) -> Option<usize> {
        let asked = one.version_id.and_then(|id| self.asked.get(&id));
        match asked.and_then(|content| units(content).find(|asked| asked.id == unit.id)) {
            Some(asked) if std::ptr::eq(asked, unit) => Some(one.exercise),
            Some(asked) => exercise_now(&asked.exercises, one.exercise, &unit.exercises),
            None => Some(one.exercise),
        }
    }

    /// What keeps an exercise in the wrong-answer book: what a rule has judged counts.
    pub(super) fn mistake(&self, unit: &Unit, exercise: usize) -> Option<OpenMistake> {
        let judged = |one: &Try| Some(JudgedTry { is_right: one.is_right?, at: one.at });
        open_mistake(&self.tries_at(unit, exercise).filter_map(judged).collect::<Vec<_>>())
    }

    pub(super) fn mistakes(&self, content: &CourseContent) -> u16 {
        let of_unit =
            |unit: &Unit| (0..unit.exercises.len()).filter(|exercise| self.mistake(unit, *exercise).is_some()).count();
        u16::try_from(units(content).map(of_unit).sum::<usize>()).unwrap_or(u16::MAX)
    }

    /// When an exercise was done first, if it was: an answer counts unless it is known to be wrong.
    fn done_at(&self, unit: &Unit, exercise: usize) -> Option<Timestamp> {
        self.tries_at(unit, exercise).find(|one| one.is_right != Some(false)).map(|one| one.at)
    }

    /// Whether an exercise has been done.
    pub(super) fn is_done(&self, unit: &Unit, exercise: usize) -> bool {
        self.done_at(unit, exercise).is_some()
    }

    /// When a unit became complete, if it did.
    pub(super) fn completed_at(&self, unit: &Unit) -> Option<Timestamp> {
        let done = (0..unit.exercises.len()).map(|exercise| self.done_at(unit, exercise));
        let done = done.chain(self.hand_ins.first_at(unit)).chain(self.scores.first_at(unit));
        let mut done = done.chain([self.reading(unit).read_at]);
        done.try_fold(Timestamp::default(), |last, at| Some(last.max(at?)))
    }

    /// Where the reading of its text stands.
    fn reading(&self, unit: &Unit) -> ReadingStanding {
        let stretches = self.read.get(&unit.id).map(Vec::as_slice).unwrap_or_default();
        reading_standing(stretches, text_chars(&unit.body), &StudyRules::zhejiang_2022())
    }

    fn unit(&self, unit: &Unit) -> UnitFacts {
        let done = (0..unit.exercises.len()).filter(|exercise| self.is_done(unit, *exercise)).count();
        let count = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        let reading = self.reading(unit);
        let (handed_in, in_tools) = (self.hand_ins.required(unit), self.scores.required(unit));
        UnitFacts {
            id: unit.id,
            title: unit.title.clone(),
            minutes: unit.minutes,
            read_pct: reading.read_pct,
            reading_left_s: reading.left_s(),
            exercises: count(unit.exercises.len()),
            exercises_done: count(done),
            activities: handed_in.0.saturating_add(in_tools.0),
            activities_done: handed_in.1.saturating_add(in_tools.1),
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
        let studied_ms = self.studied_ms(&self.intervals, course_id, division);
        course_standing(task_points, &units, studied_ms, &self.study_rules(course_id))
    }

    /// What counts as studied of a course, by the rule that the learner keeps.
    pub(super) fn study_rules(&self, course_id: CourseId) -> StudyRules {
        let rules = StudyRules::zhejiang_2022();
        let gate_task_pct = self.gates.get(&course_id).copied().unwrap_or(rules.gate_task_pct);
        StudyRules { gate_task_pct, ..rules }
    }

    /// Whole minutes of study of a course that count, without what was studied in these stretches.
    pub(super) fn minutes_beside(&self, course_id: CourseId, division: &str, met: &[StudyInterval]) -> u32 {
        let beside_ms = self.studied_ms(&outside(&self.intervals, met), course_id, division);
        u32::try_from(beside_ms / 60_000).unwrap_or(u32::MAX)
    }

    fn studied_ms(&self, studied: &[(CourseId, StudyInterval)], course_id: CourseId, division: &str) -> i64 {
        let credited = credited_ms(studied, |day| self.cap(division, day).map(DailyCap::ms));
        credited.iter().filter(|((_, course), _)| *course == course_id).map(|(_, ms)| ms).sum()
    }

    /// The same in a course that the learner studies.
    pub(super) async fn standing_in(&self, cx: &Services, studied: &Studied) -> AppResult<CourseStanding> {
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

    /// When the learner answered anything of a unit last.
    pub(super) fn last_answer(&self, unit: UnitId) -> Option<Timestamp> {
        self.tries.get(&unit)?.iter().map(|one| one.at).max()
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
                let first = self.tries_at(unit, exercise).find_map(|one| one.is_right);
                tally.count(self.is_done(unit, exercise), first);
            }
        }
        tally
    }

    /// Most tries at one exercise of a unit, none of them right.
    fn failed_tries(&self, unit: &Unit) -> u32 {
        let judged = |exercise: usize| self.tries_at(unit, exercise).filter(|one| one.is_right.is_some()).count();
        let of_one = |exercise: usize| (!self.is_done(unit, exercise)).then(|| judged(exercise));
        let most = (0..unit.exercises.len()).filter_map(of_one).max();
        u32::try_from(most.unwrap_or(0)).unwrap_or(u32::MAX)
    }
}
