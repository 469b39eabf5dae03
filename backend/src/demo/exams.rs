//! One exam session in each phase: published, marking, registering; that of today is planned by `today`.

use super::{
    Stage,
    people::{Cast, classmates},
    study::{right_response, wrong_response},
};
use crate::{
    access::{Actor, authorize},
    credit_bank, delivery, marking,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::IdempotencyKey,
    },
    results, sittings,
};
use shared::{
    credit_bank::{AuditDecision, CertificateView},
    delivery::{
        AnswerInForce, AnswersInForce, EntryBatch, JournalEntry, OpenSitting, SubmitSitting, chain_start, digest,
        entry_hash,
    },
    ids::{ExamSessionId, SittingId},
    marking::NewMark,
    points::Points,
    rights::Place,
    sittings::{ExamCalendar, ExamKind, ExamRules, NewExamSession},
    time::Timestamp,
};

/// Working time of the demo's tests, in minutes.
const DURATION_MIN: u16 = 60;
/// The two who run the tests.
pub(super) const ADMINISTRATORS: [&str; 2] = ["exam1", "exam2"];
/// The learners whose accounts are offered and who sit tests.
pub(super) const OFFERED: [&str; 2] = ["zhangxiuying", "shenguoqiang"];

impl Stage<'_> {
    /// Sat a month ago, released, certified; the city has approved one certificate of three.
    pub(super) async fn published_exam(&self) -> AppResult<()> {
        self.days_ago(45);
        let starts_at = self.today.plus_s(-30 * super::DAY_S);
        let id = self.plan("GDF01", starts_at, DURATION_MIN).await?;
        let learners = everybody()?;
        self.arm(id, &learners).await?;
        self.sit(
            id,
            "GDF01",
            starts_at,
            &[("zhangxiuying", 9), ("shenguoqiang", 8), ("chenmeifang", 8), ("luojianhua", 4)],
        )
        .await?;
        self.mark_all(id).await?;
        for name in ADMINISTRATORS {
            let permit = sittings::authorize_exam_session(self.cx, self.cast.actor(name)?, id).await?;
            results::release(self.cx, &permit).await?;
        }
        self.certify(id).await
    }

    /// Sat yesterday; short answers wait for a marker.
    pub(super) async fn marking_exam(&self) -> AppResult<()> {
        self.days_ago(10);
        let starts_at = self.today.plus_s(-super::DAY_S);
        let id = self.plan("GYW01", starts_at, DURATION_MIN).await?;
        let learners = classmates()?;
        self.arm(id, &learners).await?;
        let sat: Vec<_> = learners.iter().map(String::as_str).zip([9, 8, 7, 5]).collect();
        self.sit(id, "GYW01", starts_at, &sat).await
    }

    /// Two weeks from now; learners register, as they were told.
    pub(super) async fn registering_exam(&self) -> AppResult<()> {
        self.days_ago(1);
        let starts_at = self.today.plus_s(14 * super::DAY_S);
        let (calendar, rules) = (Some(near_calendar(starts_at)), Some(ExamRules::usual()));
        let new = NewExamSession { calendar, rules, ..self.planned("GYW01", starts_at, DURATION_MIN)? };
        let id = create(self.cx, &self.cast, &new).await?;
        open_registration(self.cx, &self.cast, id).await
    }

    async fn plan(&self, code: &str, starts_at: Timestamp, duration_min: u16) -> AppResult<ExamSessionId> {
        create(self.cx, &self.cast, &self.planned(code, starts_at, duration_min)?).await
    }

    fn planned(&self, code: &str, starts_at: Timestamp, duration_min: u16) -> AppResult<NewExamSession> {
        let course = self.world.course(code)?;
        let paper_id = course.paper_id.ok_or_else(|| AppError::internal(format!("{code} has no paper")))?;
        Ok(NewExamSession {
            title: self.world.exam_title(&course.title, starts_at),
            course_id: course.id,
            paper_id,
            starts_at,
            duration_min,
            hard_stop_at: None,
            kind: ExamKind::Unified,
            division: None,
            closes_at: None,
            other_paper_ids: Vec::new(),
            calendar: None,
            rules: None,
            quotas: Vec::new(),
            reviewed_up_to: None,
            browser_exam_keys: Vec::new(),
        })
    }

    /// Registration, sittings, and the key armed by two persons.
    async fn arm(&self, id: ExamSessionId, learners: &[String]) -> AppResult<()> {
        open_registration(self.cx, &self.cast, id).await?;
        for name in learners {
            register(self.cx, self.cast.actor(name)?, id).await?;
        }
        let planning = sittings::authorize_exam_session(self.cx, self.cast.actor(ADMINISTRATORS[0])?, id).await?;
        sittings::arrange(self.cx, &planning).await?;
        arm(self.cx, &self.cast, id).await
    }

    /// These learners sit the test, each answering so many of ten items rightly; then it is over.
    async fn sit(
        &self,
        id: ExamSessionId,
        code: &str,
        starts_at: Timestamp,
        learners: &[(&str, usize)],
    ) -> AppResult<()> {
        let all = sittings::sittings_of(self.cx, id).await?;
        for (name, right_of_ten) in learners {
            let learner = self.cast.actor(name)?;
            self.clock.set(starts_at.plus_s(10));
            if let Some(sitting) = all.iter().find(|sitting| sitting.account_id == learner.account_id) {
                self.answer(learner, sitting.id, code, *right_of_ten).await?;
            }
        }
        self.clock.set(starts_at.plus_s(i64::from(DURATION_MIN) * 60 + 3_600));
        self.jobs.run_due().await.map(drop)
    }

    async fn answer(&self, learner: &Actor, id: SittingId, code: &str, right_of_ten: usize) -> AppResult<()> {
        let permit = authorize(learner, id, &Place::Own { account: learner.account_id })?;
        let device = self.cx.ids.uuid();
        let opened = delivery::open(
            self.cx,
            &permit,
            (learner.login_id, &delivery::ClaimedBrowser::default()),
            &OpenSitting { device, take_over: false, entry_code: None, began_at: None },
        )
        .await?;
        let (mut entries, mut answers) = (Vec::<JournalEntry>::new(), AnswersInForce::default());
        for (at, (item_id, item)) in self.world.course(code)?.items.iter().enumerate() {
            let knows = at % 10 < right_of_ten;
            let seq = u64::try_from(at + 1).unwrap_or(u64::MAX);
            let entry = JournalEntry {
                epoch: opened.epoch,
                seq,
                item_id: *item_id,
                response: if knows { right_response(item) } else { wrong_response(item) },
                monotonic_ms: seq * 60_000,
                previous_hash: entries.last().map_or_else(|| chain_start(id), entry_hash),
            };
            answers.apply(AnswerInForce::of_entry(&entry));
            entries.push(entry);
        }
        self.clock.advance_s(1_800);
        let last_seq = entries.last().map_or(0, |entry| entry.seq);
        delivery::append(self.cx, &self.journal, &permit, EntryBatch { entries }).await?;
        let submission = SubmitSitting { epoch: opened.epoch, last_seq, digest: digest(&answers) };
        delivery::submit(self.cx, &permit, &submission).await.map(drop)
    }

    /// The marker gives every response most of its points.
    async fn mark_all(&self, id: ExamSessionId) -> AppResult<()> {
        let marker = self.cast.actor("marker")?;
        let claiming = sittings::authorize_exam_session(self.cx, marker, id).await?;
        loop {
            let tasks = marking::claim(self.cx, &claiming).await?.tasks;
            if tasks.is_empty() {
                return Ok(());
            }
            for task in tasks {
                let permit = marking::permit_mark(self.cx, marker, task.id).await?;
                let four_fifths = |points: Points| Points(points.0 * 4 / 5 / 100 * 100);
                let dimensions: Vec<_> = task.dimensions.iter().map(|one| four_fifths(one.max_points)).collect();
                let whole = four_fifths(task.max_points);
                let points = if dimensions.is_empty() { whole } else { dimensions.iter().copied().sum() };
                marking::mark(self.cx, &permit, &NewMark { points, dimensions }).await?;
            }
        }
    }

    async fn certify(&self, id: ExamSessionId) -> AppResult<()> {
        self.days_ago(20);
        let officer = self.cast.actor("creditbank")?;
        let permit = sittings::authorize_exam_session(self.cx, officer, id).await?;
        credit_bank::ask_to_issue(self.cx, &permit, &IdempotencyKey(None)).await?;
        self.jobs.run_due().await?;
        for name in ["zhangxiuying", "shenguoqiang"] {
            let certificate = self.certificate_of(name).await?;
            let permit = credit_bank::permit(self.cx, officer, certificate.id).await?;
            credit_bank::submit(self.cx, &permit).await?;
        }
        self.days_ago(15);
        let approved = self.certificate_of("zhangxiuying").await?;
        let permit = credit_bank::permit(self.cx, self.cast.actor("auditor")?, approved.id).await?;
        credit_bank::audit(self.cx, &permit, &AuditDecision::Approve {}).await
    }

    async fn certificate_of(&self, name: &str) -> AppResult<CertificateView> {
        let certificates = credit_bank::certificates_of(self.cx, self.cast.actor(name)?.account_id).await?;
        certificates.into_iter().next().ok_or_else(|| AppError::internal(format!("{name} has no certificate")))
    }
}

/// The days of a test that is sat so soon: each comes later than usual, and in order.
fn near_calendar(starts_at: Timestamp) -> ExamCalendar {
    let test_day = starts_at.date_in_china();
    let day = |days: i64| starts_at.plus_s(days * super::DAY_S).date_in_china();
    ExamCalendar {
        registration_opens_on: day(-15),
        registration_closes_on: day(-7),
        reviewed_by: day(-6),
        arranged_by: day(-5),
        tickets_by: day(-3),
        ..ExamCalendar::usual(test_day)
    }
}

/// Account names of all who sit tests.
pub(super) fn everybody() -> AppResult<Vec<String>> {
    Ok(OFFERED.map(str::to_owned).into_iter().chain(classmates()?).collect())
}

/// The administrator plans a test of the province.
pub(super) async fn create(cx: &Services, cast: &Cast, new: &NewExamSession) -> AppResult<ExamSessionId> {
    let permit = authorize(cast.actor(ADMINISTRATORS[0])?, cx.ids.new_id(), &Place::division("33"))?;
    sittings::create(cx, &permit, "33", &IdempotencyKey(None), new).await
}

/// Both administrators open registration.
pub(super) async fn open_registration(cx: &Services, cast: &Cast, id: ExamSessionId) -> AppResult<()> {
    for name in ADMINISTRATORS {
        let permit = sittings::authorize_exam_session(cx, cast.actor(name)?, id).await?;
        sittings::open_registration(cx, &permit).await?;
    }
    Ok(())
}

/// A learner registers.
pub(super) async fn register(cx: &Services, learner: &Actor, id: ExamSessionId) -> AppResult<()> {
    let permit = authorize(learner, id, &Place::Own { account: learner.account_id })?;
    sittings::register(cx, &permit).await.map(drop)
}

/// Both administrators arm the release of the key.
pub(super) async fn arm(cx: &Services, cast: &Cast, id: ExamSessionId) -> AppResult<()> {
    for name in ADMINISTRATORS {
        let permit = sittings::authorize_exam_session(cx, cast.actor(name)?, id).await?;
        sittings::arm(cx, &permit).await?;
    }
    Ok(())
}
