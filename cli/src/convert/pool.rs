//! Threads that encode.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

type Task = Box<dyn FnOnce() + Send>;

/// Threads that do tasks in the order in which they come. They end when the pool is dropped.
pub(super) struct Pool {
    tasks: SyncSender<Task>,
}

/// What a task is going to return.
pub(super) struct Promise<T> {
    result: Receiver<T>,
}

impl Pool {
    /// Starts threads.
    pub(super) fn new(threads: usize) -> io::Result<Self> {
        let (tasks, waiting) = sync_channel::<Task>(threads);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..threads {
            let waiting = Arc::clone(&waiting);
            thread::Builder::new().name("encoder".to_owned()).spawn(move || {
                loop {
                    let task = waiting.lock().expect("no thread panics here").recv();
                    match task {
                        Ok(task) => task(),
                        Err(_) => return,
                    }
                }
            })?;
        }
        Ok(Self { tasks })
    }

    /// Has a task done. Waits if many are waiting already.
    pub(super) fn start<T: Send + 'static>(
        &self,
        task: impl FnOnce() -> T + Send + 'static,
    ) -> Promise<T> {
        let (promise, result) = sync_channel(1);
        let task = Box::new(move || {
            // Nobody wants the result any more if the run has ended early.
            let _ = promise.send(task());
        });
        self.tasks.send(task).expect("the threads live as long as the pool");
        Promise { result }
    }
}

impl<T> Promise<T> {
    /// Waits for the result.
    pub(super) fn wait(self) -> T {
        self.result.recv().expect("the task has not panicked")
    }
}
