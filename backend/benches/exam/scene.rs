//! A unified test in progress, on a server in a process of its own.

use crate::{
    exam_world::{Device, STARTS_AFTER_S, World},
    support::{Cluster, Program, Store, TestApp},
    wire::{Wire, bytes_of},
};
use backend::platform::clock::{Clock, SystemClock};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

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
    app: TestApp,
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

    /// CPU time of the server and the store since they began, in milliseconds.
    pub(crate) fn cpu_ms(&self) -> f64 {
        let store = self.cluster.iter().flat_map(Cluster::processes);
        std::iter::once(self.program.process.id()).chain(store).map(cpu_ms_of).sum()
    }
}

/// CPU time of a process and of its children that ended (Linux counts hundredths of a second).
fn cpu_ms_of(process: u32) -> f64 {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { return 0.0 };
    let after_name = stat.rsplit_once(')').unwrap().1;
    let ticks = after_name.split_whitespace().skip(11).take(4).map(|ticks| ticks.parse::<f64>().unwrap());
    ticks.sum::<f64>() * 10.0
}
