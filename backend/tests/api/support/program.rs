//! The real program in a process of its own, which a test may kill.

use super::{Store, canary};
use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::oneshot;

/// What the program logs when it takes connections.
const LISTENING: &str = "server.listening";
/// Starts the program so that a limit of its files is told as an error, as that of a disk is, and does not end it.
const SERVE: &str = "trap '' XFSZ; exec \"$0\" serve";

/// A running `chengxi serve`.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    settings: Vec<(&'static str, String)>,
    log: Arc<Mutex<String>>,
    pub(crate) process: Child,
}

impl Program {
    /// Starts it on this store, with the keys of the test, and waits until it listens.
    pub(crate) async fn start(store: &Store) -> Self {
        Self::start_with(store, &[]).await
    }

    /// The same with further settings.
    pub(crate) async fn start_with(store: &Store, further: &[(&'static str, &str)]) -> Self {
        let address = free_address();
        let mut settings = settings(store);
        settings.push(("CHENGXI_LISTEN", address.to_string()));
        settings.extend(further.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let log = Arc::default();
        let process = spawn(&settings, &log).await;
        Self { address, settings, log, process }
    }

    /// What it has logged, once a line with `last` is there.
    pub(crate) async fn log_until(&self, last: &str) -> String {
        loop {
            let log = self.log.lock().unwrap().clone();
            if log.contains(last) {
                return log;
            }
            actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// SIGKILL, and a new start on the same address.
    pub(crate) async fn kill_and_restart(&mut self) {
        self.kill();
        self.process = spawn(&self.settings, &self.log).await;
    }

    /// SIGTERM, as an operator stops it; returns when it has ended, with success.
    pub(crate) async fn stop(&mut self) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        while self.process.try_wait().unwrap().is_none() {
            actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(self.process.wait().unwrap().success(), "it did not end by itself");
    }

    /// A new start on the same address after [`Self::stop`] or [`Self::kill`].
    pub(crate) async fn start_again(&mut self) {
        self.process = spawn(&self.settings, &self.log).await;
    }

    /// Lets no file of it grow beyond so many bytes, as on a disk that is full; `None` lets them grow again.
    pub(crate) fn limit_files(&self, bytes: Option<u64>) {
        let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
        let (pid, limit) = (self.process.id().to_string(), format!("--fsize={limit}:unlimited"));
        assert!(Command::new("prlimit").args(["--pid", &pid, &limit]).status().unwrap().success(), "prlimit");
    }

    /// SIGKILL: from now on it does nothing more.
    pub(crate) fn kill(&mut self) {
        // A program that has ended by itself cannot be killed.
        drop(self.process.kill());
        self.process.wait().unwrap();
    }
}

impl Drop for Program {
    #[expect(clippy::print_stderr, reason = "what the program said belongs to the report of a failed test")]
    fn drop(&mut self) {
        self.kill();
        canary::look_through("the log", self.log.lock().unwrap().as_bytes(), &[]);
        if std::thread::panicking() {
            eprintln!("{}", self.log.lock().unwrap());
        }
    }
}

/// What a command came to.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    /// What it printed for who called it.
    pub(crate) printed: String,
    /// What it said of errors, and what it logged.
    pub(crate) said: String,
}

/// Runs a command of the program to its end, on this store and with the keys of the test.
pub(crate) fn run(store: &Store, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chengxi"));
    let output = command.args(arguments).envs(settings(store)).stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code(), printed: text(output.stdout), said: text(output.stderr) }
}

/// Where the program finds what a test has stored, and its keys.
fn settings(store: &Store) -> Vec<(&'static str, String)> {
    let keys = store.folder().join("keys").display().to_string();
    let mut settings = vec![("CHENGXI_DATABASE_URL", store.url()), ("CHENGXI_KEY_DIR", keys)];
    // What a test has stored is as old as its clock says; the program's own clock may be years ahead.
    settings.extend(["CHENGXI_STAFF_DORMANT_DAYS", "CHENGXI_STAFF_PASSWORD_DAYS"].map(|name| (name, "0".to_owned())));
    settings.extend(store.redis().map(|(url, _)| ("CHENGXI_REDIS_URL", url)));
    settings
}

/// Starts the program and waits for the line that says it listens.
#[expect(clippy::disallowed_methods, reason = "it reads as long as the program writes")]
async fn spawn(settings: &[(&'static str, String)], log: &Arc<Mutex<String>>) -> Child {
    let mut command = Command::new("sh");
    command
        .args(["-c", SERVE, env!("CARGO_BIN_EXE_chengxi")])
        .envs(settings.iter().cloned())
        .stdin(Stdio::null())
        .stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let (listens, has_begun) = oneshot::channel();
    let (output, log) = (process.stderr.take().unwrap(), log.clone());
    std::thread::spawn(move || {
        let mut listens = Some(listens);
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if line.contains(LISTENING) {
                listens.take().map(|listens| listens.send(()));
            }
            let mut log = log.lock().unwrap();
            log.push_str(&line);
            log.push('\n');
        }
    });
    has_begun.await.expect("the program ended before it listened");
    process
}

/// An address that nobody listens on.
pub(super) fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
