internal import CLinux
internal import Glibc

/// The loops of a process and their threads.
public final class LoopGroup: Sendable {
    /// One loop per thread, in the order of their index.
    public let loops: [EventLoop]
    private let threads: [Thread]

    /// Starts `count` loops; by default one per processor.
    public init(count: Int = LoopGroup.processors) throws(LoopError) {
        var loops: [EventLoop] = []
        for index in 0..<max(1, count) { loops.append(try EventLoop(index: index)) }
        self.loops = loops
        threads = loops.map { loop in Thread { loop.run() } }
    }

    /// How many processors are online.
    public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Ends every loop and waits for its thread. Not callable from a loop.
    public func stop() {
        for loop in loops { loop.stop() }
        for thread in threads { thread.join() }
    }
}

/// A fault of the operating system while a loop is made.
public enum LoopError: Error, Sendable {
    /// The system call and its errno.
    case system(String, Int32)
}

/// A POSIX thread that runs one closure.
///
/// `@unchecked Sendable`: the handle is written once, before the value can be shared.
public final class Thread: @unchecked Sendable {
    private var handle = pthread_t()

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts the thread.
    public init(_ run: @escaping @Sendable () -> Void) {
        let body = Unmanaged.passRetained(Body(run)).toOpaque()
        pthread_create(
            &handle, nil,
            { pointer in
                // The pointer is the one retained above; this thread is its only owner.
                if let pointer { Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run() }
                return nil
            }, body)
    }

    /// Waits for the closure to end.
    public func join() { pthread_join(handle, nil) }
}
