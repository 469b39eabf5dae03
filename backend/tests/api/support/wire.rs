//! A wire between the server and another one, which a test cuts and mends.

use std::{
    io::copy,
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread::spawn,
};

/// The connections on it; none while it is cut.
type Connections = Arc<Mutex<Option<Vec<TcpStream>>>>;

/// A wire. It lies until the test's process ends.
pub(crate) struct Wire {
    /// Its near end.
    pub(crate) address: SocketAddr,
    connections: Connections,
}

impl Wire {
    /// A wire to a server.
    #[expect(clippy::disallowed_methods, reason = "it lies there as long as the test runs")]
    pub(crate) fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, connections) = (listener.local_addr().unwrap(), Connections::default());
        *connections.lock().unwrap() = Some(Vec::new());
        let wire = Self { address, connections: connections.clone() };
        spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                // What comes while the wire is cut is closed at once.
                if let Some(connections) = connections.lock().unwrap().as_mut() {
                    connections.extend(connect(near, server));
                }
            }
        });
        wire
    }

    /// Breaks every connection, and each that begins from now on.
    pub(crate) fn cut(&self) {
        for connection in self.connections.lock().unwrap().take().into_iter().flatten() {
            // The other end may have gone before.
            drop(connection.shutdown(Shutdown::Both));
        }
    }

    /// Lets new connections through.
    pub(crate) fn mend(&self) {
        *self.connections.lock().unwrap() = Some(Vec::new());
    }
}

/// Passes on what either end says, until one of them closes; both ends.
#[expect(clippy::disallowed_methods, reason = "each way ends with its connection")]
fn connect(near: TcpStream, server: SocketAddr) -> [TcpStream; 2] {
    let far = TcpStream::connect(server).unwrap();
    for (from, into) in [(&near, &far), (&far, &near)] {
        let (mut from, mut into) = (from.try_clone().unwrap(), into.try_clone().unwrap());
        spawn(move || {
            drop(copy(&mut from, &mut into));
            drop(into.shutdown(Shutdown::Both));
        });
    }
    [near, far]
}
