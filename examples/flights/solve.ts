/**
 * Solves A x = b for a symmetric positive definite A by Cholesky. Throws when A is not positive definite.
 * @param matrix rows one after the other; only the lower triangle is read
 */
export function solve(matrix: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const factor = factorOf(matrix, size);
  const at = (i: number, j: number): number => factor[i * size + j] ?? 0;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) x[i] = (x[i] ?? 0) - at(i, j) * (x[j] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) x[i] = (x[i] ?? 0) - at(j, i) * (x[j] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  return x;
}

function factorOf(matrix: Float64Array, size: number): Float64Array {
  const factor = Float64Array.from(matrix);
  const at = (i: number, j: number): number => factor[i * size + j] ?? 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      if (i === j && sum <= 0) throw new Error(`not positive definite at ${i}`);
      factor[i * size + j] = i === j ? Math.sqrt(sum) : sum / at(j, j);
    }
  }
  return factor;
}
