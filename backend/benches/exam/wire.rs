//! A lean HTTP/1.1 client on one kept connection: what is measured is the server, not the client.

use std::{io, net::SocketAddr};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// One connection.
pub(crate) struct Wire {
    stream: TcpStream,
    received: Vec<u8>,
    /// Bytes in both directions so far, as TCP carries them.
    pub(crate) bytes: usize,
}

impl Wire {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        Self::try_connect(address).await.unwrap()
    }

    /// Connects to a server that may have no room.
    pub(crate) async fn try_connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(4_096), bytes: 0 })
    }

    /// Sends a whole request and reads the whole reply; the status and the body.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> (u16, &[u8]) {
        self.try_ask(request).await.unwrap()
    }

    /// The same with a server that may hang up.
    pub(crate) async fn try_ask(&mut self, request: &[u8]) -> io::Result<(u16, &[u8])> {
        self.stream.write_all(request).await?;
        self.bytes += request.len();
        self.received.clear();
        loop {
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let mut headers = [httparse::EMPTY_HEADER; 32];
            let mut reply = httparse::Response::new(&mut headers);
            let httparse::Status::Complete(head) = reply.parse(&self.received).unwrap() else { continue };
            let status = reply.code.unwrap();
            let length = reply.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
            let length = length.map_or("0", |header| std::str::from_utf8(header.value).unwrap());
            let end = head + length.parse::<usize>().unwrap();
            if self.received.len() >= end {
                self.bytes += end;
                return Ok((status, &self.received[head..end]));
            }
        }
    }
}

/// The bytes of a request.
pub(crate) fn bytes_of(request: reqwest::RequestBuilder) -> Vec<u8> {
    let request = request.build().unwrap();
    let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    let mut bytes =
        format!("{} {} HTTP/1.1\r\nhost: localhost\r\n", request.method(), request.url().path()).into_bytes();
    for (name, value) in request.headers() {
        bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    bytes.extend(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    bytes.extend(body);
    bytes
}
