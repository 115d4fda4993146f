//! What a piece of work takes: time of the processor and memory.

use std::time::{Duration, Instant};

/// The most that one hostile file may cost.
const TIME: Duration = Duration::from_secs(1);
/// In KiB, over the process before its first work.
const MEMORY: u64 = 64 * 1024;

/// Surroundings in which a large block goes back to the system as soon as it is free (mallopt(3)),
/// so that a process has no more than what it holds.
pub const SURROUNDINGS: [(&str, &str); 2] =
    [("MALLOC_MMAP_THRESHOLD_", "65536"), ("MALLOC_TRIM_THRESHOLD_", "65536")];

/// Holds every piece of work to these limits. For a process that does nothing beside.
pub struct Meter {
    what: &'static str,
    idle: Option<u64>,
    count: usize,
    slowest: (Duration, String),
    largest: (u64, String),
}

impl Meter {
    pub fn new(what: &'static str) -> Meter {
        if peak().is_none() {
            eprintln!("SKIPPED: this system does not tell what a process takes");
        }
        let none = String::new;
        Meter {
            what,
            idle: None,
            count: 0,
            slowest: (Duration::ZERO, none()),
            largest: (0, none()),
        }
    }

    /// Does it and measures. What the work needs is there before the first call.
    #[track_caller]
    pub fn of<T>(&mut self, what: &str, work: impl FnOnce() -> T) -> T {
        begin_anew();
        let (Some(before), Some(begun)) = (peak(), processor_time()) else { return work() };
        let idle = *self.idle.get_or_insert(before);
        let done = work();
        let took = processor_time().unwrap().saturating_sub(begun);
        let memory = peak().unwrap().saturating_sub(idle);
        assert!(took < TIME, "{what}: {took:?}");
        assert!(memory < MEMORY, "{what}: {memory} KiB");
        self.count += 1;
        if took >= self.slowest.0 {
            self.slowest = (took, what.to_owned());
        }
        if memory >= self.largest.0 {
            self.largest = (memory, what.to_owned());
        }
        done
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        let Meter { what, count, slowest: (took, slow), largest: (memory, large), .. } = self;
        let mib = *memory as f64 / 1024.0;
        eprintln!("PROOF: {what}: {count}, at most {took:?} ({slow}), {mib:.1} MiB ({large})");
    }
}

/// The most memory that the process has had since [`begin_anew`], or since its start where the
/// system does not let it begin anew, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn begin_anew() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The time that the processor has spent on this thread; where the system does not tell, what a
/// clock says since `begun`.
pub fn thread_time(begun: Instant) -> Duration {
    // Documentation/scheduler/sched-stats.rst: the first figure, in nanoseconds.
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    spent.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}

/// The time that the processor has spent on this process, to the hundredth of a second: what
/// others do does not count.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name before it may hold anything. In user mode, then in the system (proc(5)).
    let (_, rest) = stat.rsplit_once(')')?;
    let ticks = rest.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().ok());
    Some(Duration::from_millis(10 * ticks.sum::<Option<u64>>()?))
}
