//! A wire between the server and another one, which a test cuts and mends.

use std::{
    io::{self, Write, copy},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::spawn,
};

/// The connections on it; none while it is cut.
type Connections = Arc<Mutex<Option<Vec<TcpStream>>>>;

/// A wire. It lies until the test's process ends.
pub(crate) struct Wire {
    /// Its near end.
    pub(crate) address: SocketAddr,
    connections: Connections,
    /// Whether what the server says is lost.
    is_mute: Arc<AtomicBool>,
}

impl Wire {
    /// A wire to a server.
    #[expect(clippy::disallowed_methods, reason = "it lies there as long as the test runs")]
    pub(crate) fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, connections) = (listener.local_addr().unwrap(), Connections::default());
        *connections.lock().unwrap() = Some(Vec::new());
        let is_mute = Arc::<AtomicBool>::default();
        let wire = Self { address, connections: connections.clone(), is_mute: is_mute.clone() };
        spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                // What comes while the wire is cut is closed at once.
                if let Some(connections) = connections.lock().unwrap().as_mut() {
                    connections.extend(connect(near, server, &is_mute));
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

    /// Loses what the server says from now on; what it is told goes through.
    pub(crate) fn mute(&self) {
        self.is_mute.store(true, Ordering::SeqCst);
    }

    /// Lets new connections through, in both directions.
    pub(crate) fn mend(&self) {
        self.is_mute.store(false, Ordering::SeqCst);
        *self.connections.lock().unwrap() = Some(Vec::new());
    }
}

/// The near end, to which nothing is written while the wire is mute.
struct Ear {
    near: TcpStream,
    is_mute: Arc<AtomicBool>,
}

impl Write for Ear {
    fn write(&mut self, heard: &[u8]) -> io::Result<usize> {
        if self.is_mute.load(Ordering::SeqCst) { Ok(heard.len()) } else { self.near.write(heard) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.near.flush()
    }
}

/// Passes on what either end says, until one of them closes; both ends.
#[expect(clippy::disallowed_methods, reason = "each way ends with its connection")]
fn connect(near: TcpStream, server: SocketAddr, is_mute: &Arc<AtomicBool>) -> [TcpStream; 2] {
    let far = TcpStream::connect(server).unwrap();
    let (mut told, mut into) = (near.try_clone().unwrap(), far.try_clone().unwrap());
    spawn(move || {
        drop(copy(&mut told, &mut into));
        drop(into.shutdown(Shutdown::Both));
    });
    let (mut said, mut ear) =
        (far.try_clone().unwrap(), Ear { near: near.try_clone().unwrap(), is_mute: is_mute.clone() });
    spawn(move || {
        drop(copy(&mut said, &mut ear));
        drop(ear.near.shutdown(Shutdown::Both));
    });
    [near, far]
}
