//! Long work: tried again, taken over, given back; seen by who asked for it.

use crate::{
    exam_world::World,
    support::{Client, TestApp, db_tests},
};
use backend::{
    access::{Action, Permit, TokenHolder},
    app,
    platform::{
        Services,
        error::{AppError, AppResult},
        jobs::{self, Jobs, Run, Step, Work},
    },
};
use futures::future::{Either, join, select};
use sea_orm::{ConnectionTrait, Statement};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::{ids::JobId, problem::ProblemCode, rights::Right};
use std::{
    collections::BTreeMap,
    pin::pin,
    sync::{Arc, Mutex},
};
use tokio::sync::Notify;

/// Steps of a job of the tests.
const STEPS: u32 = 3;
/// Longer than a node holds a job without a sign of life.
const LEASE_IS_OVER_S: i64 = 61;

/// Asks for the work of the tests.
struct Probe;

impl Action for Probe {
    type Target = JobId;
    const RIGHT: Right = Right::GrantRole;
}

/// What happens in the second step of a job.
#[derive(Default)]
struct Script {
    /// Errors, one a run; then it succeeds.
    errors: Mutex<Vec<fn() -> AppError>>,
    /// Whether the next run waits there.
    waits: Mutex<bool>,
    is_there: Notify,
    go_on: Notify,
    /// Something that is kept elsewhere, and changes.
    fact: Mutex<u32>,
    /// What runs that follow it read of it, in their order.
    followed: Mutex<Vec<u32>>,
}

/// A fact of a script is another one.
const FACT_CHANGED: &str = "tests.fact_changed";

static SCRIPTS: Mutex<BTreeMap<JobId, Arc<Script>>> = Mutex::new(BTreeMap::new());

/// Three writes, one after the other, each of which must be done once.
struct Steps;

#[derive(Serialize, Deserialize)]
struct Scripted {
    script: JobId,
}

impl Work for Steps {
    type Input = Scripted;
    const KIND: &'static str = "steps";
    const MAX_FAILURES: u32 = 3;

    async fn run(cx: Services, run: Run, input: Scripted) -> AppResult<Step> {
        let script = SCRIPTS.lock().unwrap().get(&input.script).unwrap().clone();
        let permit = Permit::<Probe>::of_asker(&run, input.script)?;
        let (done, mut steps): (u32, Vec<u32>) = run.saved()?;
        for step in done..STEPS {
            if step == 1 {
                let error = script.errors.lock().unwrap().pop();
                error.map_or(Ok(()), |error| Err(error()))?;
                if std::mem::take(&mut *script.waits.lock().unwrap()) {
                    script.is_there.notify_one();
                    script.go_on.notified().await;
                }
            }
            steps.push(step);
            cx.db
                .write(&permit, async |tx| {
                    tx.note("step", step);
                    run.save(tx, step + 1, STEPS, &steps).await
                })
                .await?;
        }
        Ok(Step::Done)
    }
}

/// Reads a fact, and brings it elsewhere a moment later.
struct Follow;

impl Work for Follow {
    type Input = Scripted;
    const KIND: &'static str = "follow";

    async fn run(_: Services, _: Run, input: Scripted) -> AppResult<Step> {
        let script = SCRIPTS.lock().unwrap().get(&input.script).unwrap().clone();
        let fact = *script.fact.lock().unwrap();
        if std::mem::take(&mut *script.waits.lock().unwrap()) {
            script.is_there.notify_one();
            script.go_on.notified().await;
        }
        script.followed.lock().unwrap().push(fact);
        Ok(Step::Done)
    }
}

/// A job that somebody asked for.
struct Asked {
    id: JobId,
    asker: Client,
    permit: Permit<Probe>,
    script: Arc<Script>,
}

impl Asked {
    async fn new(app: &TestApp, script: Script) -> Self {
        let ((account_id, asker), script) = (app.learner("asker").await, Arc::new(script));
        let id: JobId = app.cx.ids.new_id();
        SCRIPTS.lock().unwrap().insert(id, script.clone());
        let permit = Permit::to_go_on(&TokenHolder { account_id, only: None, request_id: "test".to_owned() }, id);
        let asked = Self { id, asker, permit, script };
        assert_eq!(asked.ask(app, id).await, id);
        asked
    }

    /// Asks; the job that is open then.
    async fn ask(&self, app: &TestApp, id: JobId) -> JobId {
        let input = Scripted { script: self.id };
        app.cx.db.write(&self.permit, async |tx| jobs::ask::<Steps>(tx, id, &self.permit, &input).await).await.unwrap()
    }

    async fn view(&self) -> Value {
        self.asker.get(&format!("/api/v1/jobs/{}", self.id)).await.expect(200)
    }

    /// How often each step was done.
    async fn steps(&self, app: &TestApp) -> Vec<Value> {
        let conn = app.cx.db.read();
        let sql = "SELECT detail FROM audit_entry WHERE target = $1 ORDER BY seq";
        let values = [self.id.to_string().into()];
        let rows = conn.query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await;
        let detail = |row: sea_orm::QueryResult| row.try_get_by_index::<String>(0).unwrap();
        let details = rows.unwrap().into_iter().map(detail);
        let steps = details.map(|detail| serde_json::from_str::<Value>(&detail).unwrap()["step"].clone());
        steps.filter(|step| !step.is_null()).collect()
    }
}

/// A fact that events tell of.
struct Followed {
    id: JobId,
    permit: Permit<Probe>,
    script: Arc<Script>,
}

impl Followed {
    async fn new(app: &TestApp, script: Script) -> Self {
        let ((account_id, _), script) = (app.learner("changer").await, Arc::new(script));
        let id: JobId = app.cx.ids.new_id();
        SCRIPTS.lock().unwrap().insert(id, script.clone());
        let permit = Permit::to_go_on(&TokenHolder { account_id, only: None, request_id: "test".to_owned() }, id);
        Self { id, permit, script }
    }

    async fn change(&self, app: &TestApp, fact: u32) {
        *self.script.fact.lock().unwrap() = fact;
        app.cx
            .db
            .write(&self.permit, async |tx| {
                tx.emit(FACT_CHANGED, json!({ "script": self.id }));
                Ok(())
            })
            .await
            .unwrap();
    }

    fn followed(&self) -> Vec<u32> {
        self.script.followed.lock().unwrap().clone()
    }
}

/// A node that follows the facts of the tests.
fn follower(app: &TestApp) -> Jobs {
    Jobs::new(app.cx.clone()).does_on::<Follow>(FACT_CHANGED)
}

/// A node that does the work of the tests.
fn node(app: &TestApp) -> Jobs {
    Jobs::new(app.cx.clone()).does::<Steps>()
}

fn failing(errors: &[fn() -> AppError]) -> Script {
    Script { errors: Mutex::new(errors.to_vec()), ..Script::default() }
}

fn waiting() -> Script {
    Script { waits: Mutex::new(true), ..Script::default() }
}

fn store_is_away() -> AppError {
    AppError::Unavailable { reason: "a test says so".to_owned() }
}

db_tests! {
    async fn what_failed_is_tried_again_and_nothing_is_done_twice(app) {
        let job = Asked::new(&app, failing(&[store_is_away])).await;
        assert_eq!(job.view().await["state"], "waiting");
        assert_eq!(node(&app).run_due().await.unwrap(), 1);
        let view = job.view().await;
        assert_eq!((&view["state"], &view["done"], &view["total"]), (&json!("waiting"), &json!(1), &json!(STEPS)));
        assert_eq!(node(&app).run_due().await.unwrap(), 0, "the pause is not over");
        app.clock.advance_s(2);
        assert_eq!(node(&app).run_due().await.unwrap(), 1);
        let view = job.view().await;
        assert_eq!((&view["state"], &view["result"]), (&json!("done"), &json!([0, 1, 2])));
        assert_eq!(job.steps(&app).await, [0, 1, 2]);
    }

    async fn a_node_that_does_not_know_a_kind_leaves_it_to_one_that_does(app) {
        let job = Asked::new(&app, Script::default()).await;
        assert_eq!(follower(&app).run_due().await.unwrap(), 0, "an older node");
        assert_eq!(job.view().await["state"], "waiting");
        assert_eq!(jobs::counts(&app.cx, app.cx.clock.now()).await.unwrap().waiting, 1, "it is seen that it waits");
        assert_eq!(node(&app).run_due().await.unwrap(), 1);
        assert_eq!(job.steps(&app).await, [0, 1, 2]);
    }

    async fn what_goes_on_failing_is_given_up_with_its_problem(app) {
        let job = Asked::new(&app, failing(&[store_is_away, store_is_away, store_is_away])).await;
        for _ in 0..3 {
            assert_eq!(job.view().await["state"], "waiting");
            assert_eq!(node(&app).run_due().await.unwrap(), 1);
            app.clock.advance_s(60);
        }
        let view = job.view().await;
        assert_eq!((&view["state"], &view["problem"]["code"]), (&json!("failed"), &json!("unavailable")));
        assert_eq!(view["problem"]["title"], "系统繁忙");
        assert_eq!(view["result"], json!([0]), "what was done is told");
    }

    async fn what_a_rule_refuses_is_not_tried_again(app) {
        let job = Asked::new(&app, failing(&[|| AppError::Problem(ProblemCode::WrongState)])).await;
        node(&app).run_due().await.unwrap();
        let view = job.view().await;
        assert_eq!((&view["state"], &view["problem"]["code"]), (&json!("failed"), &json!("wrong-state")));
    }

    async fn another_node_goes_on_where_a_dead_one_stopped(app) {
        let job = Asked::new(&app, waiting()).await;
        let (dead, is_there) = (node(&app), job.script.is_there.notified());
        // Dropping the run in the middle is what the death of its node looks like from outside.
        match select(pin!(dead.run_due()), pin!(is_there)).await {
            Either::Left(_) => panic!("the job did not wait"),
            Either::Right(_) => {}
        }
        assert_eq!(job.view().await["state"], "running");
        assert_eq!(node(&app).run_due().await.unwrap(), 0, "the dead node holds it");
        app.clock.advance_s(LEASE_IS_OVER_S);
        assert_eq!(node(&app).run_due().await.unwrap(), 1);
        assert_eq!(job.steps(&app).await, [0, 1, 2]);
    }

    async fn a_node_that_was_only_slow_does_nothing_any_more(app) {
        let job = Asked::new(&app, waiting()).await;
        let slow = node(&app);
        let overtaking = async {
            job.script.is_there.notified().await;
            app.clock.advance_s(LEASE_IS_OVER_S);
            assert_eq!(node(&app).run_due().await.unwrap(), 1);
            job.script.go_on.notify_one();
        };
        let (ran, ()) = join(slow.run_due(), overtaking).await;
        ran.unwrap();
        assert_eq!(job.steps(&app).await, [0, 1, 2], "each step once, all by the faster node");
        assert_eq!(job.view().await["state"], "done");
    }

    async fn a_node_that_stops_gives_its_work_back_at_once(app) {
        let job = Asked::new(&app, waiting()).await;
        let running = node(&app).start();
        job.script.is_there.notified().await;
        running.stop().await;
        assert_eq!(job.view().await["state"], "waiting");
        assert_eq!(node(&app).run_due().await.unwrap(), 1);
        assert_eq!(job.steps(&app).await, [0, 1, 2]);
    }

    async fn asking_again_is_the_same_job_until_it_is_finished(app) {
        let job = Asked::new(&app, Script::default()).await;
        assert_eq!(job.ask(&app, app.cx.ids.new_id()).await, job.id);
        node(&app).run_due().await.unwrap();
        assert_ne!(job.ask(&app, app.cx.ids.new_id()).await, job.id);
    }

    async fn who_asked_sees_the_job_and_nobody_else(app) {
        let job = Asked::new(&app, Script::default()).await;
        let (_, other) = app.learner("other").await;
        let path = format!("/api/v1/jobs/{}", job.id);
        assert_eq!(other.get(&path).await.expect_problem(404), "not-found");
        assert_eq!(app.stranger().get(&path).await.expect_problem(401), "unauthenticated");
        assert_eq!(job.view().await["kind"], "steps");
    }

    async fn an_event_that_meets_its_job_under_way_has_it_run_once_more(app) {
        let fact = Followed::new(&app, waiting()).await;
        fact.change(&app, 1).await;
        let slow = follower(&app);
        let changing = async {
            fact.script.is_there.notified().await;
            fact.change(&app, 2).await;
            assert_eq!(follower(&app).run_due().await.unwrap(), 0, "the job is held");
            fact.script.go_on.notify_one();
        };
        let (ran, ()) = join(slow.run_due(), changing).await;
        assert_eq!((ran.unwrap(), fact.followed()), (2, vec![1, 2]));
        assert_eq!(follower(&app).run_due().await.unwrap(), 0, "once more, and no more");
    }

    async fn events_that_meet_a_job_before_it_began_make_one_run(app) {
        let fact = Followed::new(&app, Script::default()).await;
        fact.change(&app, 1).await;
        fact.change(&app, 2).await;
        assert_eq!(follower(&app).run_due().await.unwrap(), 1);
        assert_eq!(fact.followed(), [2]);
    }

    async fn an_event_makes_one_job_however_many_nodes_look(app) {
        let world = World::armed(&app, 1).await;
        let nodes = [app::jobs(app.cx.clone()), app::jobs(app.cx.clone()), app::jobs(app.cx.clone())];
        futures::future::try_join_all(nodes.iter().map(Jobs::run_due)).await.unwrap();
        let conn = app.cx.db.read();
        let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), "SELECT input FROM job")).await;
        let inputs: Vec<String> = rows.unwrap().iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert_eq!(inputs, [json!({ "exam_session_id": world.exam_session_id }).to_string()]);
    }
}
