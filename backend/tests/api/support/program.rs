//! The real program in a process of its own, which a test may kill.

use super::Store;
use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A running `chengxi serve`.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    settings: Vec<(&'static str, String)>,
    log: PathBuf,
    pub(crate) process: Child,
}

impl Program {
    /// Starts it on this store, with the keys of the test, and waits until it is ready.
    pub(crate) async fn start(store: &Store) -> Self {
        Self::start_with(store, &[]).await
    }

    /// The same with further settings.
    pub(crate) async fn start_with(store: &Store, further: &[(&'static str, &str)]) -> Self {
        let address = free_address();
        let mut settings = vec![
            ("CHENGXI_LISTEN", address.to_string()),
            ("CHENGXI_DATABASE_URL", store.url()),
            ("CHENGXI_KEY_DIR", store.folder().join("keys").display().to_string()),
        ];
        settings.extend(further.iter().map(|(name, value)| (*name, (*value).to_owned())));
        settings.extend(store.redis().map(|(url, _)| ("CHENGXI_REDIS_URL", url)));
        let log = store.folder().join("server.log");
        let process = spawn(&settings, &log);
        let program = Self { address, settings, log, process };
        program.ready().await;
        program
    }

    /// SIGKILL, and a new start on the same address.
    pub(crate) async fn kill_and_restart(&mut self) {
        self.kill();
        self.process = spawn(&self.settings, &self.log);
        self.ready().await;
    }

    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks until it answers; a program that does not come up ends the test at the runner's limit.
    async fn ready(&self) {
        let url = format!("http://{}/readyz", self.address);
        while !reqwest::get(&url).await.is_ok_and(|response| response.status().is_success()) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Program {
    #[expect(clippy::print_stderr, reason = "what the program said belongs to the report of a failed test")]
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("{}", fs::read_to_string(&self.log).unwrap_or_default());
        }
    }
}

fn spawn(settings: &[(&'static str, String)], log: &PathBuf) -> Child {
    let log = File::options().create(true).append(true).open(log).unwrap();
    Command::new(env!("CARGO_BIN_EXE_chengxi"))
        .arg("serve")
        .envs(settings.iter().cloned())
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap()
}

/// An address that nobody listens on.
pub(super) fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
