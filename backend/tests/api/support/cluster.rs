//! A PostgreSQL cluster of one test's own, which the test may crash.

use super::{
    program::free_address,
    store::{new_folder, required},
};
use sea_orm::{ConnectionTrait, Database};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// How often a start is tried: the dead cluster's memory may still be held for a moment.
const STARTS: usize = 20;
/// A copy of the data, and the log as it was received elsewhere.
const BACKUP: &str = "backup";
const ARCHIVE: &str = "archive";
/// What makes commits wait until the log lies in the archive.
const WAIT_FOR_ARCHIVE: &str = " -c synchronous_standby_names=archive";
/// Brings the archive into a copy of the data. Its last part is not full, and counts as it is.
const TAKE_LOG_IN: &str = "cp ../archive/* pg_wal/ && for part in pg_wal/*.partial; do \
    [ ! -e \"$part\" ] || mv \"$part\" \"${part%.partial}\" || exit 1; done";

/// A running cluster. It ends with the value.
pub(crate) struct Cluster {
    folder: PathBuf,
    port: u16,
    /// What receives the log for the archive, if there is one.
    receiver: Option<Child>,
}

impl Cluster {
    /// Creates and starts it, as durable as PostgreSQL is by default.
    pub(crate) fn start() -> Self {
        let cluster = Self::create();
        cluster.restart("");
        cluster
    }

    /// The same, and whatever is acknowledged lies in an archive too, as docs/operations.md wants it.
    pub(crate) fn archived() -> Self {
        let mut cluster = Self::create();
        cluster.restart(WAIT_FOR_ARCHIVE);
        assert!(is_done(cluster.command(Path::new("mkdir")).arg(ARCHIVE)), "mkdir");
        let mut receiver = cluster.tool("pg_receivewal");
        receiver.args(["-D", ARCHIVE, "--synchronous", "--no-loop", "-d", &cluster.named_address(ARCHIVE)]);
        cluster.receiver = Some(receiver.spawn().unwrap());
        cluster
    }

    fn create() -> Self {
        let cluster = Self { folder: new_folder(), port: free_address().port(), receiver: None };
        let account = required("CHENGXI_TEST_POSTGRES_ACCOUNT");
        if !account.is_empty() {
            let status = Command::new("chown").arg(&account).arg(&cluster.folder).status().unwrap();
            assert!(status.success(), "chown");
        }
        let created = cluster.run("initdb", &["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
        assert!(created, "initdb");
        cluster
    }

    /// Where a database of it is.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Its main process and the others.
    pub(crate) fn processes(&self) -> Vec<u32> {
        let main = fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        let main = main.lines().next().unwrap().parse().unwrap();
        let mut processes = children_of(main);
        processes.insert(0, main);
        processes
    }

    /// SIGKILL to all its processes at once, then a start that recovers from its log.
    pub(crate) fn crash_and_restart(&self) {
        self.signal("-KILL");
        self.restart("");
    }

    /// Copies its data while it is written to. What is written meanwhile comes from the archive.
    pub(crate) fn back_up(&self) {
        let mut copy = self.tool("pg_basebackup");
        copy.args(["-D", BACKUP, "-X", "none", "-c", "fast", "-d", &self.named_address(BACKUP)]);
        assert!(is_done(&mut copy), "pg_basebackup");
    }

    /// Its disk is gone: backup and archive take its place, under the same address.
    pub(crate) fn lose_and_restore(&mut self) {
        self.signal("-KILL");
        // With nobody left to receive from, it has written down what came, and ends.
        self.receiver.take().unwrap().wait().unwrap();
        fs::rename(self.data(), self.folder.join("lost")).unwrap();
        fs::rename(self.folder.join(BACKUP), self.data()).unwrap();
        let mut take_in = self.command(Path::new("sh"));
        assert!(is_done(take_in.args(["-c", TAKE_LOG_IN]).current_dir(self.data())), "no log was archived");
        self.restart("");
    }

    /// All its processes stand still, as on a machine that has no time for them; connections stay open.
    pub(crate) fn hold_still(&self) {
        self.signal("-STOP");
        // Once more, for one that the main process has begun meanwhile.
        self.signal("-STOP");
    }

    /// Ends [`Self::hold_still`].
    pub(crate) fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let processes = self.processes().into_iter().map(|id| id.to_string());
        // It fails for those that have ended by themselves.
        Command::new("kill").arg(signal).args(processes).stderr(Stdio::null()).status().unwrap();
    }

    /// Lets commits be acknowledged before they are on disk, in sessions that are already open too.
    pub(crate) async fn acknowledge_too_early(&self) {
        let admin = Database::connect(self.url("postgres")).await.unwrap();
        admin.execute_unprepared("ALTER SYSTEM SET synchronous_commit = off").await.unwrap();
        admin.execute_unprepared("SELECT pg_reload_conf()").await.unwrap();
    }

    /// How somebody of this name reaches it, in the words of its own programs.
    fn named_address(&self, name: &str) -> String {
        format!("host=127.0.0.1 port={} user=postgres application_name={name}", self.port)
    }

    fn restart(&self, further: &str) {
        // The log writer must not hide an early acknowledgement by being quick.
        let settings = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={} -c max_connections=60 \
             -c wal_writer_delay=10s -c wal_writer_flush_after=1GB{further}",
            self.port,
            self.folder.display(),
        );
        let log = self.folder.join("server.log").display().to_string();
        let is_up = (0..STARTS).any(|_| self.run("pg_ctl", &["-l", &log, "-o", &settings, "-w", "-t", "60", "start"]));
        assert!(is_up, "{}", fs::read_to_string(log).unwrap_or_default());
    }

    fn run(&self, program: &str, arguments: &[&str]) -> bool {
        is_done(self.tool(program).arg("-D").arg(self.data()).args(arguments))
    }

    /// A program of PostgreSQL.
    fn tool(&self, name: &str) -> Command {
        self.command(&Path::new(&required("CHENGXI_TEST_POSTGRES_BIN")).join(name))
    }

    /// A program that says nothing, in the cluster's folder, as the account that it belongs to.
    fn command(&self, program: &Path) -> Command {
        let account = required("CHENGXI_TEST_POSTGRES_ACCOUNT");
        let mut command = if account.is_empty() {
            Command::new(program)
        } else {
            let mut command = Command::new("runuser");
            command.args(["-u", &account, "--"]).arg(program);
            command
        };
        command.current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.run("pg_ctl", &["-m", "immediate", "-w", "stop"]);
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn is_done(command: &mut Command) -> bool {
    command.status().unwrap().success()
}

/// The processes whose parent is `parent`.
fn children_of(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let wanted = format!("PPid:\t{parent}\n");
    let is_child =
        |id: &u32| fs::read_to_string(format!("/proc/{id}/status")).is_ok_and(|status| status.contains(&wanted));
    processes.filter(is_child).collect()
}
