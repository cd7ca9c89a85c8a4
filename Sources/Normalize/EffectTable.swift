/// What an answer says, ready to be or-ed into a ``ResponseRow``.
struct CompiledEffect: BitwiseCopyable {
  /// Bits for one word of the row.
  struct Part: BitwiseCopyable {
    let word: Int
    let bits: UInt64
  }

  struct Flags: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    static let isAnswer = Flags(rawValue: 1)
    static let somethingElse = Flags(rawValue: 2)
    /// A scale's text that denies the criterion.
    static let denies = Flags(rawValue: 4)
    static let unmapped = Flags(rawValue: 8)
  }

  fileprivate(set) var flags: Flags
  fileprivate(set) var restCount: Int32
  fileprivate(set) var unmappedCount: Int32
  /// The first two parts, without bits where there are fewer, and all others.
  fileprivate(set) var first: Part
  fileprivate(set) var second: Part
  fileprivate(set) var rest: UnsafeMutablePointer<Part>
  /// Numbers of unmapped texts in the worker's vocabulary.
  fileprivate(set) var unmapped: UnsafeMutablePointer<Int32>

  /// There is more to it than the first two parts.
  @inline(__always)
  var hasMore: Bool { restCount | unmappedCount != 0 }

  fileprivate func deallocate() {
    rest.deallocate()
    unmapped.deallocate()
  }
}

/// The distinct effects met so far in one question; number 0 is "no answer". Belongs to one worker.
final class EffectTable {
  /// Behind a pointer, which costs no look whether somebody else uses it at the same time.
  private let effects: UnsafeMutablePointer<UnsafeMutablePointer<CompiledEffect>>
  private var count = 0
  private var capacity = 16
  /// The number of the one effect that is overwritten, once a memo is full.
  private var spare: Int32?

  init() {
    effects = .allocate(capacity: 1)
    effects.initialize(to: .allocate(capacity: capacity))
    append(EffectTable.compiled(flags: [], parts: [], unmapped: []))
  }

  deinit {
    for number in 0..<count { effects.pointee[number].deallocate() }
    effects.pointee.deallocate()
    effects.deallocate()
  }

  /// Whether one more may be kept: the memos of a question with thousands of columns are bounded one
  /// by one, their effects together.
  var hasRoom: Bool { count < 1 << 16 }

  /// The effect with a number.
  @inline(__always)
  func effect(_ number: Int32) -> UnsafeMutablePointer<CompiledEffect> {
    effects.pointee + Int(number)
  }

  /// Numbers an effect.
  ///
  /// - Parameter keeps: there is room to remember it; else it takes the last place again and again.
  func store(
    flags: CompiledEffect.Flags, parts: [CompiledEffect.Part], unmapped: [Int32], keeps: Bool
  ) -> Int32 {
    if !flags.contains(.isAnswer) { return 0 }
    let effect = EffectTable.compiled(flags: flags, parts: parts, unmapped: unmapped)
    if let spare, !keeps {
      effects.pointee[Int(spare)].deallocate()
      effects.pointee[Int(spare)] = effect
      return spare
    }
    append(effect)
    let number = Int32(count - 1)
    if !keeps { spare = number }
    return number
  }

  private func append(_ effect: CompiledEffect) {
    if count == capacity {
      let larger = UnsafeMutablePointer<CompiledEffect>.allocate(capacity: 2 * capacity)
      larger.update(from: effects.pointee, count: count)
      effects.pointee.deallocate()
      (effects.pointee, capacity) = (larger, 2 * capacity)
    }
    effects.pointee[count] = effect
    count += 1
  }

  private static func compiled(
    flags: CompiledEffect.Flags, parts: [CompiledEffect.Part], unmapped: [Int32]
  ) -> CompiledEffect {
    let none = CompiledEffect.Part(word: 0, bits: 0)
    let others = parts.dropFirst(2)
    let rest = UnsafeMutablePointer<CompiledEffect.Part>.allocate(capacity: max(1, others.count))
    for (place, part) in others.enumerated() { rest[place] = part }
    let numbers = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, unmapped.count))
    for (place, number) in unmapped.enumerated() { numbers[place] = number }
    return CompiledEffect(
      flags: flags, restCount: Int32(others.count), unmappedCount: Int32(unmapped.count),
      first: parts.first ?? none, second: parts.dropFirst().first ?? none, rest: rest,
      unmapped: numbers)
  }
}
