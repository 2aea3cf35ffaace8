//! The handle: one writer thread that owns its connection, readers beside it.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use rusqlite::{Transaction, TransactionBehavior};
use tokio::sync::{Semaphore, mpsc, oneshot};

use crate::{Reader, StoreError, WriteTx, connection, migrate};

/// How many writes may wait before callers wait to hand theirs over.
const QUEUE: usize = 64;

/// What differs from one opening to another.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// How long to wait for another process that holds the database.
    pub busy_timeout: Duration,
    /// How many reads run at once.
    pub readers: usize,
    /// The most pages the file may have; beyond it writes fail with
    /// [`StoreError::Full`].
    pub max_pages: Option<u32>,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            busy_timeout: Duration::from_secs(5),
            readers: 3,
            max_pages: None,
        }
    }
}

/// The open database. Clones share it; when the last is dropped, waiting writes
/// are finished and the file is closed.
#[derive(Debug, Clone)]
pub struct Store {
    // Dropped before the way to the writer: SQLite removes the log with the last
    // connection, and two that close at once each take the other for one that stays.
    readers: Arc<Readers>,
    writes: mpsc::Sender<Task>,
    path: Arc<Path>,
}

#[derive(Debug)]
struct Readers {
    idle: Mutex<Vec<Reader>>,
    permits: Arc<Semaphore>,
}

enum Task {
    Write(Box<dyn FnOnce(&Reader) + Send>),
    Close(oneshot::Sender<()>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Durability {
    /// Survives a kill of the process; the last commits may be lost with the power.
    Process,
    /// On disk before the write returns.
    Disk,
}

impl Store {
    /// Opens the database at `path`, making the file (mode 0600) and bringing
    /// its schema up to date. The directory must exist.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_with(path, &StoreOptions::default())
    }

    /// Opens the database with options.
    pub fn open_with(path: impl AsRef<Path>, options: &StoreOptions) -> Result<Self, StoreError> {
        let path = path.as_ref();
        Self::start(path, options).map_err(|error| error.of_file(path))
    }

    fn start(path: &Path, options: &StoreOptions) -> Result<Self, StoreError> {
        let connection = connection::open_writer(path, options)?;
        migrate::run(&connection, path)?;
        let idle = (0..options.readers.max(1))
            .map(|_| connection::open_reader(path, options).map(|connection| Reader { connection }))
            .collect::<Result<Vec<_>, _>>()?;
        let permits = Arc::new(Semaphore::new(idle.len()));
        let (writes, tasks) = mpsc::channel(QUEUE);
        thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || serve(tasks, Reader { connection }))
            .map_err(|error| StoreError::of_io(&error, path))?;
        Ok(Self {
            writes,
            readers: Arc::new(Readers {
                idle: Mutex::new(idle),
                permits,
            }),
            path: path.into(),
        })
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `change` as one transaction, which survives a kill of the process.
    ///
    /// An `Err` or a panic of `change` undoes everything it did. Once handed
    /// over, the transaction runs to its end even if this future is dropped.
    pub async fn write<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.submit(Durability::Process, change).await
    }

    /// As [`Store::write`], but on disk (`synchronous=FULL`) before it returns:
    /// for intents and approvals, which must survive a loss of power.
    pub async fn write_durable<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.submit(Durability::Disk, change).await
    }

    async fn submit<T, F>(&self, durability: Durability, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Task::Write(Box::new(move |writer: &Reader| {
            // The caller may have gone; the transaction counts all the same.
            let _ = reply.send(transact(writer, durability, change));
        }));
        self.writes
            .send(task)
            .await
            .map_err(|_| StoreError::Closed)?;
        answer
            .await
            .map_err(|_| StoreError::Closed)?
            .map_err(|error| error.of_file(&self.path))
    }

    /// Runs `ask` on a read-only connection, on a thread that may block.
    ///
    /// All its queries see one state of the database, whatever is written meanwhile.
    pub async fn read<T, F>(&self, ask: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Reader) -> Result<T, StoreError> + Send + 'static,
    {
        let permit = Arc::clone(&self.readers.permits)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Closed)?;
        let readers = Arc::clone(&self.readers);
        let asked = tokio::task::spawn_blocking(move || {
            let reader = readers.idle().pop().ok_or(StoreError::Closed)?;
            let answer = caught(|| {
                let view =
                    Transaction::new_unchecked(&reader.connection, TransactionBehavior::Deferred)?;
                let answer = ask(&reader)?;
                view.finish()?;
                Ok(answer)
            });
            readers.idle().push(reader);
            drop(permit);
            answer
        });
        match asked.await {
            Ok(answer) => answer.map_err(|error| error.of_file(&self.path)),
            // Only a runtime that is shutting down cancels a blocking task.
            Err(_) => Err(StoreError::Closed),
        }
    }

    /// Brings what waits in the write-ahead log into the file, and empties the log; with
    /// a reader at work for long, as much of that as can be.
    pub async fn empty_log(&self) -> Result<(), StoreError> {
        let (reply, done) = oneshot::channel();
        let task = Task::Write(Box::new(move |writer: &Reader| {
            let emptied =
                writer
                    .connection
                    .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            // The caller may have gone.
            let _ = reply.send(emptied);
        }));
        self.writes
            .send(task)
            .await
            .map_err(|_| StoreError::Closed)?;
        let emptied = done.await.map_err(|_| StoreError::Closed)?;
        emptied.map_err(|error| StoreError::from(error).of_file(&self.path))
    }

    /// Finishes the writes handed over so far and closes the file, for all clones.
    pub async fn close(&self) {
        self.readers.permits.close();
        self.readers.idle().clear();
        let (reply, closed) = oneshot::channel();
        if self.writes.send(Task::Close(reply)).await.is_ok() {
            // An error means that the writer has ended already.
            let _ = closed.await;
        }
    }
}

impl Readers {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Reader>> {
        // Nothing panics while the lock is held, and a list is whole in any case.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn serve(mut tasks: mpsc::Receiver<Task>, writer: Reader) {
    while let Some(task) = tasks.blocking_recv() {
        match task {
            Task::Write(run) => run(&writer),
            Task::Close(reply) => {
                tasks.close();
                drop(writer);
                // The caller may have gone.
                let _ = reply.send(());
                return;
            }
        }
    }
}

fn transact<T>(
    writer: &Reader,
    durability: Durability,
    change: impl FnOnce(&mut WriteTx<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let connection = &writer.connection;
    if durability == Durability::Disk {
        connection.pragma_update(None, "synchronous", "full")?;
    }
    let outcome = caught(|| {
        // Dropped without a commit, also while unwinding, it rolls back.
        let open = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let value = change(&mut WriteTx::new(writer))?;
        open.commit()?;
        Ok(value)
    });
    if durability == Durability::Disk {
        connection.pragma_update(None, "synchronous", "normal")?;
    }
    outcome
}

fn caught<T>(run: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        Err(StoreError::Panicked {
            message: words_of(panic.as_ref()),
        })
    })
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_durable_write_and_only_it_waits_for_the_disk() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(directory.path().join("agent.db")).unwrap();
        let level = |tx: &mut WriteTx<'_>| -> Result<u8, StoreError> {
            tx.number("PRAGMA synchronous", [])
        };
        let (normal, full) = (1, 2);
        assert_eq!(store.write(level).await.unwrap(), normal);
        assert_eq!(store.write_durable(level).await.unwrap(), full);
        let failed = store
            .write_durable(|_| Err::<(), _>(StoreError::PageKey))
            .await;
        assert!(failed.is_err());
        assert_eq!(store.write(level).await.unwrap(), normal);
    }
}
