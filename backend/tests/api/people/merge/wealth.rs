//! Facts of persons in every table, and who has which.

use super::Offices;
use crate::{
    credit_bank::Bank,
    enrolment::{self, Desk},
    people::{HERE, PEOPLE, number},
    support::{TestApp, behind},
};
use backend::{
    access::{Action, JobName, Permit},
    app::fact_book,
    learning,
};
use sea_orm::{
    ConnectionTrait, ExprTrait, QueryResult,
    sea_query::{Expr, Query},
};
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ProviderId},
    learning::ClassForm,
    rights::Right,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A table and its column that names the holder.
pub(super) type Column = (&'static str, &'static str);
/// Everything that the book of facts names in the store: rows with their holders.
pub(super) type Facts = BTreeMap<Column, BTreeSet<(Uuid, Uuid)>>;

/// What the store holds now.
pub(super) async fn facts(app: &TestApp) -> Facts {
    let mut all = Facts::new();
    for column in fact_book().columns() {
        let mut query = Query::select();
        query.column(column.row).column(column.holder).from(column.kind.as_str());
        query.and_where(Expr::col(column.holder).is_not_null());
        let rows = app.cx.db.read().query_all(&query).await.unwrap();
        let pair = |row: &QueryResult| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        all.insert((column.kind.as_str(), column.holder), rows.iter().map(pair).collect());
    }
    all
}

/// How many facts these holders have, by table.
pub(super) fn count(facts: &Facts, holders: &[Uuid]) -> BTreeMap<Column, usize> {
    let of = |rows: &BTreeSet<(Uuid, Uuid)>| rows.iter().filter(|(_, holder)| holders.contains(holder)).count();
    facts.iter().map(|(column, rows)| (*column, of(rows))).collect()
}

pub(super) fn uuid(value: &Value) -> Uuid {
    value.as_str().unwrap().parse().unwrap()
}

/// One cell of a row.
type Cell = (&'static str, sea_orm::Value);

async fn insert(app: &TestApp, table: &'static str, row: Vec<Cell>) {
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    let mut query = Query::insert();
    query.into_table(table).columns(columns).values_panic(values.into_iter().map(Expr::value));
    behind(app).await.execute(&query).await.unwrap();
}

struct SetUp;

impl Action for SetUp {
    type Target = Uuid;
    const RIGHT: Right = Right::GrantRole;
}

/// Kinds of facts of which an account may have any number.
pub(super) const SOME_KINDS: usize = 16;

/// Where facts are put.
#[derive(Clone, Copy)]
pub(super) struct Ground {
    provider: ProviderId,
    course: Uuid,
    class: Uuid,
    meeting: Uuid,
    announcement: Uuid,
    quiz: Uuid,
    topic: Uuid,
    post: Uuid,
}

impl Ground {
    /// A class of a provider, and one meeting of it.
    pub(super) async fn lay(app: &TestApp, provider: ProviderId, course: Uuid) -> Self {
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, course);
        let (cx, courses) = (&app.cx, [course.into()]);
        let open = cx.db.write(&permit, async |tx| {
            learning::open_class(cx, tx, provider, "村班", ClassForm::Village, &courses).await
        });
        let ground = Self {
            provider,
            course,
            class: open.await.unwrap().0,
            meeting: cx.ids.uuid(),
            announcement: cx.ids.uuid(),
            quiz: cx.ids.uuid(),
            topic: cx.ids.uuid(),
            post: cx.ids.uuid(),
        };
        let row: Vec<Cell> = vec![
            ("id", ground.meeting.into()),
            ("class_id", ground.class.into()),
            ("course_id", course.into()),
            ("topic", "T".into()),
            ("starts_at", 1_i64.into()),
            ("ends_at", 2_i64.into()),
            ("state", "planned".into()),
            ("version", 1.into()),
            ("check_in_secret", vec![0_u8].into()),
            ("entered_at", 1_i64.into()),
        ];
        insert(app, "meeting", row).await;
        let row: Vec<Cell> = vec![
            ("id", ground.announcement.into()),
            ("class_id", ground.class.into()),
            ("title", "T".into()),
            ("text", "T".into()),
            ("until", "2026-12-31".into()),
            ("version", 1.into()),
            ("written_by", course.into()),
            ("written_at", 1_i64.into()),
        ];
        insert(app, "announcement", row).await;
        ground.quiz(app).await;
        ground.talk(app).await;
        ground
    }

    /// A quiz of the class.
    async fn quiz(&self, app: &TestApp) {
        let row: Vec<Cell> = vec![
            ("id", self.quiz.into()),
            ("class_id", self.class.into()),
            ("course_id", self.course.into()),
            ("title", "T".into()),
            ("items", "[]".into()),
            ("attempts", 1.into()),
            ("feedback", "at_once".into()),
            ("until", "2026-12-31".into()),
            ("set_by", self.course.into()),
            ("set_at", 1_i64.into()),
        ];
        insert(app, "quiz", row).await;
    }

    /// A topic of the class, and what the learner of the world wrote in it.
    async fn talk(&self, app: &TestApp) {
        let row: Vec<Cell> = vec![
            ("id", self.topic.into()),
            ("class_id", self.class.into()),
            ("title", "T".into()),
            ("text", "T".into()),
            ("opened_by", self.course.into()),
            ("opened_at", 1_i64.into()),
        ];
        insert(app, "discussion_topic", row).await;
        let writer = backend::identity::find_by_name(&app.cx, "learner-0").await.unwrap().unwrap();
        let mut row = self.post(writer.0, 0);
        row.push(("id", self.post.into()));
        insert(app, "discussion_post", row).await;
    }

    /// A student record that has ended, which gives a person this account.
    pub(super) async fn enrol(&self, app: &TestApp, person: Uuid, account: Option<Uuid>) {
        let row: Vec<Cell> = vec![
            ("id", app.cx.ids.uuid().into()),
            ("version", 1.into()),
            ("person_id", person.into()),
            ("provider_id", self.provider.0.into()),
            ("division", HERE.into()),
            ("residence_division", HERE.into()),
            ("level", "senior".into()),
            ("state", "withdrawn".into()),
            ("is_running", false.into()),
            ("name", "N".into()),
            ("name_key", vec![78_u8].into()),
            ("is_literate", true.into()),
            ("rule_region", "33".into()),
            ("rule_valid_from", "2022-01-01".into()),
            ("age", 40_i16.into()),
            ("enrolled_on", "2026-01-01".into()),
            ("account_id", account.into()),
            ("entered_at", 1_i64.into()),
            ("moved_at", 1_i64.into()),
        ];
        insert(app, "student_record", row).await;
    }

    /// A transfer of a person that was refused.
    pub(super) async fn transfer(&self, app: &TestApp, person: Uuid) {
        let row: Vec<Cell> = vec![
            ("id", app.cx.ids.uuid().into()),
            ("person_id", person.into()),
            ("from_division", HERE.into()),
            ("to_division", HERE.into()),
            ("to_residence", HERE.into()),
            ("state", "refused".into()),
            ("reason", "R".into()),
            ("proposed_by", person.into()),
            ("proposed_at", 1_i64.into()),
            ("decided_at", 2_i64.into()),
        ];
        insert(app, "person_transfer", row).await;
    }

    /// A message that went to a person, of which nothing is kept.
    pub(super) async fn text(&self, app: &TestApp, person: Uuid) {
        let row: Vec<Cell> = vec![
            ("id", app.cx.ids.uuid().into()),
            ("kind", "meeting_moved".into()),
            ("person_id", person.into()),
            ("phone", vec![0_u8].into()),
            ("phone_index", vec![0_u8].into()),
            ("state", "sent".into()),
            ("attempts", 1.into()),
            ("next_try_at", 1_i64.into()),
            ("expires_at", 2_i64.into()),
            ("asked_by", person.into()),
            ("created_at", 1_i64.into()),
        ];
        insert(app, "text_message", row).await;
    }

    /// Somebody is or was in the class.
    pub(super) async fn join(&self, app: &TestApp, account: Uuid, left_at: Option<i64>) {
        let row: Vec<Cell> = vec![
            ("class_id", self.class.into()),
            ("account_id", account.into()),
            ("joined_at", 1_i64.into()),
            ("left_at", left_at.into()),
        ];
        insert(app, "class_member", row).await;
    }

    /// One of the facts of an account that any number may be of: the `kind`th.
    pub(super) async fn learn(&self, app: &TestApp, account: Uuid, kind: usize) {
        let id = app.cx.ids.uuid();
        // What is numbered within a topic or a post has any number that no other has.
        let number = i32::from_be_bytes(*id.as_bytes().last_chunk().unwrap());
        let (table, mut row): (_, Vec<Cell>) = match kind % SOME_KINDS {
            0 => ("study_interval", self.study(account)),
            1 => ("exercise_answer", self.answer(account)),
            2 => ("class_departure", self.departure(account)),
            3 => ("roll_call_entry", self.roll_call(account)),
            4 => ("skill_training", self.training(account)),
            5 => ("study_note", self.note(account)),
            6 => ("inquiry", self.inquiry(account)),
            7 => ("class_reminder", self.reminder(account)),
            8 => ("announcement_reading", self.reading(account)),
            9 => ("assignment_hand_in", self.hand_in(account)),
            10 => ("assignment_photo", self.photo(account)),
            11 => ("discussion_post", self.post(account, number)),
            12 => ("discussion_deed", self.deed(account, number)),
            13 => ("discussion_reading", self.topic_reading(account)),
            14 => ("quiz_attempt", self.attempt(account)),
            _ => ("skill_certificate", self.certificate(account, id)),
        };
        row.push(("id", id.into()));
        insert(app, table, row).await;
    }

    fn study(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("account_id", account.into()),
            ("course_id", self.course.into()),
            ("unit_id", account.into()),
            ("stream", account.into()),
            ("from_at", 1_i64.into()),
            ("to_at", 2_i64.into()),
            ("read_pct", 10.into()),
        ]
    }

    fn answer(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("account_id", account.into()),
            ("course_id", self.course.into()),
            ("unit_id", account.into()),
            ("exercise", 0.into()),
            ("response", "{}".into()),
            ("answered_at", 1_i64.into()),
        ]
    }

    fn note(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("account_id", account.into()),
            ("course_id", self.course.into()),
            ("unit_id", account.into()),
            ("text", "N".into()),
            ("version", 2.into()),
            ("edited_at", 1_i64.into()),
        ]
    }

    fn hand_in(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("class_id", self.class.into()),
            ("course_id", self.course.into()),
            ("course_version_id", self.course.into()),
            ("unit_id", account.into()),
            ("activity_id", account.into()),
            ("account_id", account.into()),
            ("text", "T".into()),
            ("photos", "[]".into()),
            ("handed_in_at", 1_i64.into()),
        ]
    }

    fn photo(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("account_id", account.into()),
            ("activity_id", account.into()),
            ("content", vec![0_u8].into()),
            ("added_at", 1_i64.into()),
        ]
    }

    fn inquiry(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("class_id", self.class.into()),
            ("course_id", self.course.into()),
            ("unit_id", account.into()),
            ("unit_title", "U".into()),
            ("account_id", account.into()),
            ("text", "Q".into()),
            ("state", "open".into()),
            ("asked_at", 1_i64.into()),
            ("is_public", false.into()),
        ]
    }

    fn reminder(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("class_id", self.class.into()),
            ("account_id", account.into()),
            ("days", 15.into()),
            ("sent_by", account.into()),
            ("sent_at", 1_i64.into()),
        ]
    }

    fn reading(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("announcement_id", self.announcement.into()),
            ("account_id", account.into()),
            ("version", 1.into()),
            ("read_at", 1_i64.into()),
        ]
    }

    fn attempt(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("quiz_id", self.quiz.into()),
            ("account_id", account.into()),
            ("responses", "[]".into()),
            ("points", "[]".into()),
            ("handed_in_at", 1_i64.into()),
        ]
    }

    fn post(&self, account: Uuid, number: i32) -> Vec<Cell> {
        vec![
            ("topic_id", self.topic.into()),
            ("number", number.into()),
            ("account_id", account.into()),
            ("by_teacher", false.into()),
            ("text", "P".into()),
            ("posted_at", 1_i64.into()),
        ]
    }

    fn deed(&self, account: Uuid, number: i32) -> Vec<Cell> {
        vec![
            ("post_id", self.post.into()),
            ("number", number.into()),
            ("deed", "reported".into()),
            ("reason", "R".into()),
            ("account_id", account.into()),
            ("done_at", 1_i64.into()),
        ]
    }

    fn topic_reading(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("topic_id", self.topic.into()),
            ("account_id", account.into()),
            ("upto", 1.into()),
            ("read_at", 1_i64.into()),
        ]
    }

    fn departure(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("class_id", self.class.into()),
            ("account_id", account.into()),
            ("joined_at", 1_i64.into()),
            ("left_at", 2_i64.into()),
            ("reason", "R".into()),
            ("recorded_by", account.into()),
        ]
    }

    fn roll_call(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("meeting_id", self.meeting.into()),
            ("learner_id", account.into()),
            ("state", "present".into()),
            ("noted_at", 1_i64.into()),
            ("noted_by", account.into()),
            ("method", "roll".into()),
            ("reason", "".into()),
            ("received_at", 1_i64.into()),
        ]
    }

    fn training(&self, account: Uuid) -> Vec<Cell> {
        let mut row = self.skill(account);
        row.extend::<Vec<Cell>>(vec![
            ("organiser", "O".into()),
            ("hours", 8.into()),
            ("starts_on", "2026-01-01".into()),
            ("ends_on", "2026-01-02".into()),
        ]);
        row
    }

    fn certificate(&self, account: Uuid, id: Uuid) -> Vec<Cell> {
        let mut row = self.skill(account);
        row.extend::<Vec<Cell>>(vec![
            ("kind", "K".into()),
            ("issuer", "I".into()),
            ("number", vec![0_u8].into()),
            ("number_index", id.as_bytes().to_vec().into()),
            ("issued_on", "2026-01-01".into()),
        ]);
        row
    }

    fn skill(&self, account: Uuid) -> Vec<Cell> {
        vec![
            ("learner_id", account.into()),
            ("provider_id", self.provider.0.into()),
            ("division", HERE.into()),
            ("occupation", "O".into()),
            ("state", "claimed".into()),
            ("reason", "".into()),
            ("recorded_by", account.into()),
            ("recorded_at", 1_i64.into()),
        ]
    }
}

/// Two persons with accounts, and facts in every table: who stays has studied before; who goes studies
/// now, has sat a test and holds a certificate.
pub(super) struct Wealth {
    pub(super) offices: Offices,
    pub(super) bank: Bank,
    pub(super) ground: Ground,
    pub(super) kept: Value,
    pub(super) ended: Value,
    pub(super) accounts: [Uuid; 2],
}

impl Wealth {
    pub(super) async fn build(app: &TestApp) -> Self {
        let (bank, _) = Bank::issued(app).await;
        let desk = Desk::open(app).await;
        let offices = Offices::of(app).await;
        let kept = desk.register(&desk.enrol(2).await).await;
        enrolment::step(&desk.clerk, &kept, "withdraw", "外出打工").await.expect(200);
        let ended = desk.register(&desk.enrol(4).await).await;
        let accounts =
            [uuid(&kept["account_id"]), uuid(&bank.learner().get("/api/v1/me").await.expect(200)["account_id"])];
        // Whoever sat the test of the bank is the one who studies now.
        let mut update = Query::update();
        update.table("student_record").value("account_id", accounts[1]);
        update.and_where(Expr::col("id").eq(uuid(&ended["record"]["id"])));
        behind(app).await.execute(&update).await.unwrap();
        let person = async |record: &Value| {
            let id = record["record"]["person_id"].as_str().unwrap();
            offices.clerk.get(&format!("{PEOPLE}/{id}")).await.expect(200)
        };
        let (kept, ended) = (person(&kept).await, person(&ended).await);
        let ground = Ground::lay(app, desk.school, bank.world.course_id.0).await;
        let wealth = Self { offices, bank, ground, kept, ended, accounts };
        wealth.fill(app).await;
        wealth
    }

    async fn fill(&self, app: &TestApp) {
        let [survivor, merged] = self.people();
        for (person, account, facts) in [(survivor, self.accounts[0], 9), (merged, self.accounts[1], 20)] {
            self.ground.transfer(app, person).await;
            self.ground.text(app, person).await;
            for kind in 0..facts {
                self.ground.learn(app, account, kind).await;
            }
        }
        self.leave_test(app, self.accounts[1]).await;
        self.ground.join(app, self.accounts[0], None).await;
        self.ground.join(app, self.accounts[1], Some(2)).await;
        let list = format!("姓名,身份证号\n张秀英2,{}\n张秀英4,{}\n", number(2), number(4));
        crate::roster::take(app, &self.offices.clerk, &list).await;
        let visitor = json!(backend::identity::find_by_name(&app.cx, "wang").await.unwrap().unwrap());
        let visit = json!({
            "id": AccountId(self.accounts[1]), "visited_at": crate::support::START, "visitor": visitor,
            "channel": "door", "note": "",
            "outcome": { "kind": "stated", "intent": "senior", "reason": "", "route": null },
        });
        let sent = json!({ "visits": [{ "entry_id": self.entry("张秀英4").await["id"], "visit": visit }] });
        let acks = self.offices.clerk.post("/api/v1/roster/visits", &sent).await.expect(200);
        assert_eq!(acks[0]["receipt"], "recorded", "{acks}");
    }

    /// A registration that was taken back once.
    async fn leave_test(&self, app: &TestApp, account: Uuid) {
        let row: Vec<Cell> = vec![
            ("id", app.cx.ids.uuid().into()),
            ("exam_session_id", self.bank.world.exam_session_id.0.into()),
            ("account_id", account.into()),
            ("registered_at", 1_i64.into()),
            ("withdrawn_at", 2_i64.into()),
        ];
        insert(app, "registration_withdrawal", row).await;
    }

    /// The entry on the roster of somebody with this name.
    pub(super) async fn entry(&self, name: &str) -> Value {
        self.offices.clerk.get(&format!("/api/v1/roster?name={name}")).await.expect(200)["items"][0].clone()
    }

    pub(super) fn people(&self) -> [Uuid; 2] {
        [uuid(&self.kept["id"]), uuid(&self.ended["id"])]
    }

    /// Persons and accounts: those of who stays, then those of who goes.
    pub(super) fn holders(&self) -> [[Uuid; 2]; 2] {
        let [survivor, merged] = self.people();
        [[survivor, self.accounts[0]], [merged, self.accounts[1]]]
    }
}
