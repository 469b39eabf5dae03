//! Many learners at once: copies of one who went all the way. Nobody of them logs in, so that no
//! password is hashed.

use crate::{exam_world::World, support::TestApp};
use backend::{
    access::{Action, JobName, Permit},
    sittings,
};
use sea_orm::{ConnectionTrait, Statement, Value};
use shared::{ids::SittingId, rights::Right};
use uuid::Uuid;

struct SetUp;

impl Action for SetUp {
    type Target = SittingId;
    const RIGHT: Right = Right::GrantRole;
}

impl World {
    /// Adds so many learners who studied, sat the test and answered as the first candidate did. The
    /// test is scored and not released.
    pub(crate) async fn add_crowd(&self, app: &TestApp, learners: usize) {
        let first = sittings::sitting_facts(&app.cx, self.sitting(0)).await.unwrap();
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, first.id);
        let responses = ids(app.cx.db.read(), "scored_response", "sitting_id", first.id.0).await;
        let intervals = ids(app.cx.db.read(), "study_interval", "account_id", first.account_id.0).await;
        let write = app.cx.db.write(&permit, async |tx| {
            for n in 0..learners {
                let copy = Copy { conn: tx.conn(), original: first.account_id.0, new: app.cx.ids.uuid() };
                copy.account(&format!("crowd-{n}")).await;
                for interval in &intervals {
                    copy.study_interval(*interval, app.cx.ids.uuid()).await;
                }
                let sitting_id = app.cx.ids.uuid();
                copy.sitting(first.id.0, sitting_id, &format!("crowd-{n}")).await;
                for response in &responses {
                    copy.response(*response, app.cx.ids.uuid(), sitting_id).await;
                }
            }
            let to_mark = "UPDATE exam_session SET to_mark = \
                (SELECT COUNT(*) FROM scored_response WHERE exam_session_id = exam_session.id AND points IS NULL) \
                WHERE id = $1";
            run(tx.conn(), to_mark, vec![self.exam_session_id.0.into()]).await;
            Ok(())
        });
        write.await.unwrap();
    }
}

/// Copies what belongs to one person to another.
pub(crate) struct Copy<'a, C: ConnectionTrait> {
    pub(crate) conn: &'a C,
    pub(crate) original: Uuid,
    pub(crate) new: Uuid,
}

impl<C: ConnectionTrait> Copy<'_, C> {
    pub(crate) async fn account(&self, name: &str) {
        let changed = [("id", self.new.into()), ("login_name", name.into()), ("display_name", name.into())];
        let kept = "password_hash, identity_verified_at, created_at";
        copy(self.conn, "account", &changed, kept, ("id", self.original)).await;
        let changed = [("account_id", self.new.into())];
        copy(self.conn, "class_member", &changed, "class_id, joined_at", ("account_id", self.original)).await;
    }

    async fn study_interval(&self, interval: Uuid, id: Uuid) {
        let changed = [("id", id.into()), ("account_id", self.new.into())];
        let kept = "course_id, unit_id, stream, from_at, to_at, read_pct";
        copy(self.conn, "study_interval", &changed, kept, ("id", interval)).await;
    }

    pub(crate) async fn sitting(&self, sitting: Uuid, id: Uuid, ticket: &str) {
        let changed = [("id", id.into()), ("account_id", self.new.into()), ("ticket_number", ticket.into())];
        let kept = "exam_session_id, paper_id, seed, extra_min, epoch, device, opened_at, epoch_opened_at, closed_at, \
            by_candidate, answered, digest";
        copy(self.conn, "sitting", &changed, kept, ("id", sitting)).await;
    }

    async fn response(&self, response: Uuid, id: Uuid, sitting_id: Uuid) {
        let changed = [("id", id.into()), ("sitting_id", sitting_id.into())];
        let kept = "exam_session_id, item_id, item_version, part, response, max_points, points, scorer_version";
        copy(self.conn, "scored_response", &changed, kept, ("id", response)).await;
    }
}

/// Copies the rows of a table that have this key, with some columns changed.
pub(crate) async fn copy(
    conn: &impl ConnectionTrait,
    table: &str,
    changed: &[(&str, Value)],
    kept: &str,
    (key, original): (&str, Uuid),
) {
    let names: Vec<_> = changed.iter().map(|(name, _)| *name).collect();
    let places: Vec<_> = (1..=changed.len()).map(|n| format!("${n}")).collect();
    let (names, places, last) = (names.join(", "), places.join(", "), changed.len() + 1);
    let sql =
        format!("INSERT INTO {table} ({names}, {kept}) SELECT {places}, {kept} FROM {table} WHERE {key} = ${last}");
    let values = changed.iter().map(|(_, value)| value.clone()).chain([original.into()]);
    run(conn, &sql, values.collect()).await;
}

async fn run(conn: &impl ConnectionTrait, sql: &str, values: Vec<Value>) {
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, values);
    conn.execute_raw(statement).await.unwrap();
}

async fn ids(conn: &impl ConnectionTrait, table: &str, key: &str, value: Uuid) -> Vec<Uuid> {
    let sql = format!("SELECT id FROM {table} WHERE {key} = $1");
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, [value.into()]);
    let rows = conn.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}
