#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Stands in for the Mutex of Synchronization where the thread sanitizer looks on.
///
/// On Linux that one is a futex inside of a library which is not instrumented, so the sanitizer takes
/// all that it protects for races. This is a lock that the sanitizer knows.
public struct Mutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let value: UnsafeMutablePointer<Value>

  /// An open lock over a value.
  public init(_ value: consuming sending Value) {
    lock = .allocate(capacity: 1)
    lock.initialize(to: pthread_mutex_t())
    pthread_mutex_init(lock, nil)
    self.value = .allocate(capacity: 1)
    self.value.initialize(to: value)
  }

  deinit {
    value.deinitialize(count: 1)
    value.deallocate()
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// Gives the value to `body` alone.
  public borrowing func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return try body(&value.pointee)
  }
}

/// Stands in for the atomic values of the program; orders more than those do.
public struct Atomic<Value: Sendable>: ~Copyable, Sendable {
  fileprivate let value: Mutex<Value>

  /// What is asked for.
  public enum Ordering { case relaxed }

  /// A value to begin with.
  public init(_ value: Value) { self.value = Mutex(value) }

  /// The value now.
  public func load(ordering: Ordering) -> Value { value.withLock { $0 } }

  /// Another value from now on.
  public func store(_ desired: Value, ordering: Ordering) { value.withLock { $0 = desired } }
}

extension Atomic where Value == Int {
  /// Adds to the number.
  public func add(_ operand: Int, ordering: Ordering) -> (oldValue: Int, newValue: Int) {
    value.withLock { number in
      let old = number
      number += operand
      return (old, number)
    }
  }

  /// Adds to the number, beyond its largest value from the smallest on.
  public func wrappingAdd(_ operand: Int, ordering: Ordering) -> (oldValue: Int, newValue: Int) {
    value.withLock { number in
      let old = number
      number &+= operand
      return (old, number)
    }
  }
}
