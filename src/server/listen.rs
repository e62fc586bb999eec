//! Connections: taken, bounded in number and in time, and ended in peace.

use super::handler::Peer;
use super::{Config, Server, log, router};
use crate::error::{AtPath, Result, codes};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Sleep;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// The head of a request is at most so long, its address included.
const HEAD: usize = 64 << 10;

/// Where a hub listens.
#[derive(Debug, Clone)]
pub struct Listening {
    /// Address and port.
    pub address: SocketAddr,
    /// Certificates and key, as PEM.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// How long what runs may take to end when the hub stops.
    pub grace: Duration,
}

/// Runs a hub until the system asks it to stop.
///
/// # Errors
/// When the store, the certificates or the address cannot be used.
pub fn serve(config: Config, listening: &Listening) -> Result<()> {
    let tls = listening
        .tls
        .as_ref()
        .map(|(certificates, key)| acceptor(certificates, key))
        .transpose()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let server = Server::start(config)?;
    runtime.block_on(listen(&server, listening, tls))?;
    log::event("stopping", &[]);
    // What was begun is bounded in time by its own limits; the rest has been refused by now.
    stop_workers(&server, listening.grace);
    runtime.shutdown_timeout(Duration::from_secs(1));
    log::event("stopped", &[]);
    Ok(())
}

/// Waits for the workers, but not longer than the grace.
fn stop_workers(server: &Arc<Server>, grace: Duration) {
    let (done, wait) = std::sync::mpsc::channel();
    let server = Arc::clone(server);
    std::thread::spawn(move || {
        server.workers.stop();
        done.send(())
    });
    if wait.recv_timeout(grace).is_err() {
        log::event("abandoned", &[("why", "work did not end in time".to_owned())]);
    }
}

fn acceptor(certificates: &Path, key: &Path) -> Result<TlsAcceptor> {
    let wrong = |path: &Path, error: &dyn std::fmt::Display| {
        codes::BAD_VALUE.error(format!(
            "{}: no certificate or key as PEM: {error}",
            path.display()
        ))
    };
    let pem = std::fs::read(certificates).at(certificates)?;
    let chain: std::result::Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let chain = chain.map_err(|error| wrong(certificates, &error))?;
    let pem = std::fs::read(key).at(key)?;
    let private = PrivateKeyDer::from_pem_slice(&pem).map_err(|error| wrong(key, &error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(certificates, &error))?;
    let mut config = builder
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|error| wrong(certificates, &error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

async fn listen(server: &Arc<Server>, listening: &Listening, tls: Option<TlsAcceptor>) -> Result<()> {
    let listener = TcpListener::bind(listening.address).await.map_err(|error| {
        codes::IO_FAILED
            .error(format!("{} cannot be listened at: {error}", listening.address))
            .because(error)
    })?;
    let address = listener.local_addr()?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    log::event("listening", &[("address", format!("{scheme}://{address}"))]);
    let door = Door {
        router: router(server),
        graceful: GracefulShutdown::new(),
        places: Arc::new(Semaphore::new(server.limits.connections)),
        tls,
        head: server.limits.head,
        pause: server.limits.pause,
    };
    tokio::select! {
        () = door.take_in(listener) => {}
        () = stop_asked() => {}
    }
    server.stopping.store(true, Ordering::Relaxed);
    tokio::select! {
        () = door.graceful.shutdown() => {}
        () = tokio::time::sleep(listening.grace) => {}
    }
    Ok(())
}

/// Resolves when the system asks the program to stop.
async fn stop_asked() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut term) = signal(SignalKind::terminate()) else {
            return;
        };
        tokio::select! {
            _ = term.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}

struct Door {
    router: Router,
    graceful: GracefulShutdown,
    places: Arc<Semaphore>,
    tls: Option<TlsAcceptor>,
    head: Duration,
    pause: Duration,
}

impl Door {
    async fn take_in(&self, listener: TcpListener) {
        loop {
            // Whoever finds no place waits in the system's own queue.
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, peer)) => self.welcome(stream, peer.ip(), place),
                // Out of descriptors, or gone before it was taken: others are still there.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn welcome(&self, stream: TcpStream, peer: IpAddr, place: OwnedSemaphorePermit) {
        let (router, watcher) = (self.router.clone(), self.graceful.watcher());
        let (tls, head, pause) = (self.tls.clone(), self.head, self.pause);
        tokio::spawn(async move {
            let _place = place;
            // A small answer should not wait for more; where that cannot be had, it does.
            let _ = stream.set_nodelay(true);
            let Some(tls) = tls else {
                return talk(Patient::new(stream, pause), peer, router, watcher, head).await;
            };
            if let Ok(Ok(stream)) = tokio::time::timeout(head, tls.accept(stream)).await {
                talk(Patient::new(stream, pause), peer, router, watcher, head).await;
            }
        });
    }
}

async fn talk<S>(stream: S, peer: IpAddr, router: Router, watcher: Watcher, head: Duration)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let service = router.map_request(move |request: http::Request<hyper::body::Incoming>| {
        let mut request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(Peer(peer));
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    // A connection that breaks is its owner's affair.
    let _ = watcher.watch(connection).await;
}

/// A stream that gives up on whoever takes nothing for a while.
struct Patient<S> {
    inner: S,
    pause: Duration,
    stuck: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    fn new(inner: S, pause: Duration) -> Self {
        Self {
            inner,
            pause,
            stuck: None,
        }
    }

    fn watch<T>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<std::io::Result<T>>,
    ) -> Poll<std::io::Result<T>> {
        if polled.is_ready() {
            self.stuck = None;
            return polled;
        }
        let pause = self.pause;
        let stuck = self
            .stuck
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        match stuck.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(std::io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.watch(context, polled)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        let polled = Pin::new(&mut self.inner).poll_flush(context);
        self.watch(context, polled)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
