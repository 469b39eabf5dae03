//! A Redis of one test's own, which the test may flush and kill.

use super::program::free_address;
use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A running Redis that keeps nothing. It ends with the value.
pub(crate) struct Redis {
    address: SocketAddr,
    process: Child,
}

impl Redis {
    pub(crate) async fn start() -> Self {
        let address = free_address();
        let redis = Self { address, process: spawn(address) };
        redis.until_it_answers().await;
        redis
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://{}", self.address)
    }

    /// Forgets everything.
    pub(crate) fn flush(&self) {
        assert_eq!(self.ask("FLUSHALL").unwrap(), "+OK\r\n");
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) {
        // What has ended by itself cannot be killed.
        drop(self.process.kill());
        self.process.wait().unwrap();
    }

    /// A new start at the same address after [`Self::kill`].
    pub(crate) async fn start_again(&mut self) {
        self.process = spawn(self.address);
        self.until_it_answers().await;
    }

    async fn until_it_answers(&self) {
        while self.ask("PING").is_err() {
            actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn ask(&self, command: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.write_all(format!("{command}\r\n").as_bytes())?;
        let mut reply = String::new();
        BufReader::new(stream).read_line(&mut reply)?;
        Ok(reply)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

fn spawn(address: SocketAddr) -> Child {
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--port", &address.port().to_string(), "--save", "", "--appendonly", "no"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}
