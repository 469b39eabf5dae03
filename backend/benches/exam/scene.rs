//! A unified test in progress, on a server in a process of its own.

use super::wire::{Wire, bytes_of};
use crate::{
    exam_world::{Device, STARTS_AFTER_S, World},
    support::{Cluster, Program, Store, TestApp},
};
use backend::{
    access::{Action, JobName, Permit},
    item_bank,
    platform::clock::{Clock, SystemClock},
    sittings,
};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use shared::{
    ids::SittingId,
    item_bank::{Item, ItemBody},
    rights::Right,
};
use std::process::{Command, Stdio};

/// Candidates that log in at one reading of the clock, and items that one transaction adds.
const AT_ONCE: usize = 100;

struct SetUp;

impl Action for SetUp {
    type Target = SittingId;
    const RIGHT: Right = Right::AuthorCourse;
}

/// Where the answers go.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Postgres,
    Sqlite,
}

/// The test and its server.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) program: Program,
    pub(crate) app: TestApp,
    cluster: Option<Cluster>,
}

/// One candidate's connection, and the requests that they will send.
pub(crate) struct Line {
    pub(crate) wire: Wire,
    pub(crate) requests: std::vec::IntoIter<Vec<u8>>,
}

impl Scene {
    /// Everybody may begin.
    pub(crate) async fn open(kind: Kind, candidates: usize, settings: &[(&'static str, &str)]) -> Self {
        let (store, cluster) = match kind {
            Kind::Sqlite => (Store::sqlite().await, None),
            Kind::Postgres => {
                let cluster = Cluster::start();
                (Store::on(&cluster).await, Some(cluster))
            }
        };
        let app = TestApp::start_at(store, SystemClock.now().plus_s(-2 * STARTS_AFTER_S)).await;
        let mut world = World::armed(&app, candidates).await.started(&app).await;
        let program = Program::start_with(&app.store, settings).await;
        for candidate in &mut world.candidates {
            candidate.client = candidate.client.at(program.address);
        }
        Self { world, program, app, cluster }
    }

    /// Adds candidates until there are so many. They log in as they come, with tokens that begin then.
    pub(crate) async fn enlarge(&mut self, candidates: usize) {
        while self.world.candidates.len() < candidates {
            self.app.clock.set(SystemClock.now());
            let missing = candidates - self.world.candidates.len();
            self.world.add_candidates(&self.app, missing.min(AT_ONCE)).await;
        }
        for candidate in &mut self.world.candidates {
            candidate.client = candidate.client.at(self.program.address);
        }
    }

    /// Logs everybody in again, with tokens that begin now.
    pub(crate) async fn log_in_again(&mut self) {
        self.app.clock.set(SystemClock.now());
        for candidate in &mut self.world.candidates {
            candidate.client = self.app.log_in(&candidate.name).await.at(self.program.address);
        }
    }

    /// Adds so many items to the bank of the course.
    pub(crate) async fn add_items(&self, items: usize) {
        let (cx, world) = (&self.app.cx, &self.world);
        let author = sittings::sitting_facts(cx, world.sitting(0)).await.unwrap().account_id;
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, world.sitting(0));
        let all: Vec<_> = (0..items).map(item).collect();
        for some in all.chunks(AT_ONCE) {
            let write = cx.db.write(&permit, async |tx| {
                item_bank::store_items(cx, tx, author, world.course_id, some).await.map(drop)
            });
            write.await.unwrap();
        }
    }

    /// Every candidate with `entries` answers ready, one a request as devices send them.
    pub(crate) async fn lines(&self, entries: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        for candidate in 0..self.world.candidates.len() {
            let mut device = Device::open(&self.world, candidate, 1, false).await;
            let (path, client) = (self.world.path(candidate, "entries"), &self.world.candidates[candidate].client);
            let mut request = |n: usize| {
                let entry = device.answer(&self.world, n % 3, u16::try_from(n % 4).unwrap());
                bytes_of(client.request(Method::POST, &path).json(&json!({ "entries": [entry] })))
            };
            let requests: Vec<_> = (0..entries).map(&mut request).collect();
            lines.push(Line { wire: Wire::connect(self.program.address).await, requests: requests.into_iter() });
        }
        lines
    }

    /// Answers on disk.
    pub(crate) async fn stored(&self) -> usize {
        let conn = self.app.cx.db.read();
        let count = Statement::from_string(conn.get_database_backend(), "SELECT COUNT(*) FROM answer_entry");
        let count: i64 = conn.query_one_raw(count).await.unwrap().unwrap().try_get_by_index(0).unwrap();
        usize::try_from(count).unwrap()
    }

    /// Gives the first core to server and store and the second to the client, where there are two.
    pub(crate) fn share_out_cores(&self) {
        if cores() > 1 {
            let store = self.cluster.iter().flat_map(Cluster::processes);
            std::iter::once(self.program.process.id()).chain(store).for_each(|process| keep_to(process, "0"));
            keep_to(std::process::id(), "1");
        }
    }

    /// Gives the client all cores again, which what it begins later shares.
    pub(crate) fn share_all_cores(&self) {
        keep_to(std::process::id(), &format!("0-{}", cores() - 1));
    }

    /// Memory that the server holds now, in KiB.
    pub(crate) fn rss_kib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// CPU time of the server and the store since they began, in milliseconds.
    pub(crate) fn cpu_ms(&self) -> f64 {
        let store = self.cluster.iter().flat_map(Cluster::processes);
        std::iter::once(self.program.process.id()).chain(store).map(cpu_ms_of).sum()
    }
}

/// An item like no other.
fn item(n: usize) -> Item {
    let options = ["a", "b", "c", "d"].map(|option| format!("{option} {n}")).to_vec();
    let (stem, explanation) = (format!("Item {n} of {}", n * 7_919), String::new());
    Item { schema_version: 1, stem, body: ItemBody::SingleChoice { options, key: 0 }, explanation }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Keeps all threads of a process, and what it begins from now on, to these cores.
fn keep_to(process: u32, cores: &str) {
    let mut command = Command::new("taskset");
    command.args(["--all-tasks", "--cpu-list", "--pid", cores, &process.to_string()]).stdout(Stdio::null());
    assert!(command.status().unwrap().success(), "taskset");
}

/// CPU time of a process and of its children that ended (Linux counts hundredths of a second).
fn cpu_ms_of(process: u32) -> f64 {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { return 0.0 };
    let after_name = stat.rsplit_once(')').unwrap().1;
    let ticks = after_name.split_whitespace().skip(11).take(4).map(|ticks| ticks.parse::<f64>().unwrap());
    ticks.sum::<f64>() * 10.0
}
