//! A server, a database and a clock for each test.

mod canary;
mod client;
mod cluster;
mod examples;
mod operations;
mod pdf;
mod program;
mod qr;
mod redis;
mod stall;
mod store;
mod uncounted;
mod wire;
mod workbook;

pub(crate) use self::redis::Redis;
pub(crate) use client::{Client, Reply, send, try_send};
pub(crate) use cluster::Cluster;
pub(crate) use examples::{TEXT, examples, refused_places};
pub(crate) use operations::{NO_ID, Operation};
pub(crate) use pdf::Sheets;
pub(crate) use program::{Ended, Program, run};
pub(crate) use stall::Stall;
pub(crate) use store::{Store, behind, execute, is_whole_run};
pub(crate) use uncounted::Uncounted;
pub(crate) use wire::Wire;
pub(crate) use workbook::{Sheet, sheets, unpacked, words};

use actix_web::web::Data;
use backend::{
    access::{JobName, Permit},
    app::{self, Draining, State},
    identity,
    platform::{
        Services,
        clock::{Clock, ManualClock},
        config::{Config, Settings},
        coordination::{Coordination, InProcess, Shared},
        crypto::Keys,
        db::Db,
        ids::{IdSource, SystemIds},
        jobs::Jobs,
        sms,
        telemetry::Masked,
    },
};
use shared::{
    ids::AccountId,
    rights::{Place, Role, RoleAt},
    time::Timestamp,
};
use std::{net::SocketAddr, sync::Arc};

/// Makes each test twice: `sqlite::name` and `postgres::name`.
macro_rules! db_tests {
    ($($(#[$attribute:meta])* async fn $name:ident($app:ident) $body:block)*) => {
        $($(#[$attribute])* async fn $name($app: $crate::support::TestApp) $body)*
        mod sqlite {
            $(#[actix_web::test] async fn $name() {
                super::$name($crate::support::TestApp::start($crate::support::Store::sqlite().await).await).await;
            })*
        }
        mod postgres {
            $(#[actix_web::test] async fn $name() {
                super::$name($crate::support::TestApp::start($crate::support::Store::postgres().await).await).await;
            })*
        }
    };
}
pub(crate) use db_tests;

/// When every test begins: 2026-11-23, 09:00 in China.
pub(crate) const START: Timestamp = Timestamp(1_795_395_600_000);
/// Everybody's password.
pub(crate) const PASSWORD: &str = "xue-er-shi-xi-zhi";

/// The composed app behind a real port.
pub(crate) struct TestApp {
    pub(crate) cx: Services,
    /// Long work, which waits until a test runs it.
    pub(crate) jobs: Jobs,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) draining: Data<Draining>,
    pub(crate) address: SocketAddr,
    /// What the clock said at the beginning.
    pub(crate) began: Timestamp,
    /// Deletes the test's data at the end.
    pub(crate) store: Store,
}

impl TestApp {
    pub(crate) async fn start(store: Store) -> Self {
        Self::start_at(store, START).await
    }

    /// A test whose clock begins at `began`.
    pub(crate) async fn start_at(store: Store, began: Timestamp) -> Self {
        let clock = Arc::new(ManualClock::at(began));
        let cx = services(&store, clock.clone()).await;
        let state = State::new(cx.clone()).unwrap();
        let draining = state.draining.clone();
        let address = serve(state);
        Self { jobs: app::jobs(cx.clone()), cx, clock, draining, address, began, store }
    }

    /// The same system with another configuration, as another node.
    pub(crate) fn configured(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = (*self.cx.config).clone();
        change(&mut config);
        let cx = Services { sms: sms::carrier(&config).unwrap(), config: Arc::new(config), ..self.cx };
        let state = State::new(cx.clone()).unwrap();
        let (draining, address) = (state.draining.clone(), serve(state));
        Self { jobs: app::jobs(cx.clone()), cx, draining, address, ..self }
    }

    /// The same system, counting in another way, as another node.
    pub(crate) fn coordinated(self, coordination: Arc<dyn Coordination>) -> Self {
        let cx = Services { coordination, ..self.cx };
        let state = State::new(cx.clone()).unwrap();
        let (draining, address) = (state.draining.clone(), serve(state));
        Self { jobs: app::jobs(cx.clone()), cx, draining, address, ..self }
    }

    /// Nobody: a client without a log-in.
    pub(crate) fn stranger(&self) -> Client {
        Client::new(self.address, None)
    }

    /// A learner, who holds that role at their own place.
    pub(crate) async fn learner(&self, name: &str) -> (AccountId, Client) {
        let id: AccountId = self.cx.ids.new_id();
        let role = RoleAt { role: Role::Learner, place: Place::Own { account: id } };
        (id, self.create(id, name, &[role]).await)
    }

    /// Creates a person with these roles and logs them in.
    pub(crate) async fn person(&self, name: &str, roles: &[RoleAt]) -> Client {
        self.create(self.cx.ids.new_id(), name, roles).await
    }

    async fn create(&self, id: AccountId, name: &str, roles: &[RoleAt]) -> Client {
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, id);
        let hash = password_hash();
        self.cx
            .db
            .write(&permit, async |tx| {
                let account = identity::NewAccount {
                    id,
                    login_name: name.to_lowercase(),
                    display_name: name.to_owned(),
                    password_hash: hash.clone(),
                    identity_verified_at: Some(self.began),
                };
                identity::create_account(tx, account).await?;
                for held in roles {
                    identity::grant_role(&self.cx, tx, id, held).await?;
                }
                Ok(())
            })
            .await
            .unwrap();
        self.log_in(name).await
    }

    /// A member of staff with one role in a division.
    pub(crate) async fn staff(&self, name: &str, role: Role, division: &str) -> Client {
        self.person(name, &[RoleAt { role, place: Place::division(division) }]).await
    }

    /// Runs the job that a request was answered with; what it brought.
    pub(crate) async fn finish_job(&self, asker: &Client, reply: Reply) -> serde_json::Value {
        let job = reply.expect(202);
        self.jobs.run_due().await.unwrap();
        let job = asker.get(&format!("/api/v1/jobs/{}", job["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(job["state"], "done", "{job}");
        job["result"].clone()
    }

    /// Logs a person in again, as on another device.
    pub(crate) async fn log_in(&self, name: &str) -> Client {
        let body = serde_json::json!({ "name": name, "password": PASSWORD });
        let reply = self.stranger().post("/api/v1/logins", &body).await.expect(200);
        let token = reply["access_token"].as_str().unwrap();
        self.store.keep_silent(token);
        self.store.keep_silent(PASSWORD);
        Client::new(self.address, Some(token.to_owned()))
    }
}

/// Serves a composed app on a port of its own; another node, if its store is that of a test.
#[expect(clippy::disallowed_methods, reason = "it serves as long as the test runs")]
pub(crate) fn serve(state: State) -> SocketAddr {
    let server = actix_web::HttpServer::new(move || app::app(state.clone())).workers(1).disable_signals();
    // As in production: a client that was busy elsewhere for some seconds finds its connection open.
    let server = server.keep_alive(std::time::Duration::from_secs(100));
    let server = server.bind("127.0.0.1:0").unwrap();
    let address = server.addrs()[0];
    actix_web::rt::spawn(server.run());
    address
}

struct SetUp;

impl backend::access::Action for SetUp {
    type Target = AccountId;
    const RIGHT: shared::rights::Right = shared::rights::Right::GrantRole;
}

/// A hash of [`PASSWORD`] that costs next to nothing, since every test logs people in; what a real one costs is judged beside
/// its code.
pub(crate) fn password_hash() -> String {
    use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher};
    let cheap = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None).unwrap();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cheap);
    argon2.hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16]).unwrap().to_string()
}

async fn services(store: &Store, clock: Arc<ManualClock>) -> Services {
    let ids: Arc<dyn IdSource> = Arc::new(SystemIds);
    let config = Config { database_url: Masked(store.url()), key_dir: store.folder().join("keys"), ..default_config() };
    let manual: Arc<dyn Clock> = clock;
    let db = Db::open(&config.database_url.0, manual.clone(), ids.clone()).await.unwrap();
    db.migrate().await.unwrap();
    let coordination: Arc<dyn Coordination> = match store.redis() {
        Some((url, prefix)) => {
            let shared = Shared::connect(&url, &prefix, manual.clone()).await.unwrap();
            assert!(shared.answers().await, "there is no Redis at {url}");
            Arc::new(shared)
        }
        None => Arc::new(InProcess::new(manual.clone())),
    };
    let keys = Arc::new(Keys::load_or_create(&config.key_dir, &*ids).unwrap());
    let sms = sms::carrier(&config).unwrap();
    Services { clock: manual, ids, db, coordination, sms, keys, config: Arc::new(config) }
}

/// Accounts are as old as a test's clock says, and some tests turn it to the machine's own; the store's clock is the
/// machine's.
fn default_config() -> Config {
    Config { staff_password_days: 0, staff_dormant_days: 0, clock_skew_ms: 0, ..Settings::default().check().unwrap() }
}
