/**
 * Puts a sheet of paper in the place of the window while the browser prints: drawn at the last
 * moment, at once, and gone afterwards.
 */
import { useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { useTranslator } from '../shared/context.tsx';
import './print.css';
import { PrintSheet } from './PrintSheet.tsx';

export function Printing() {
  // Waits for the words now: there is no waiting once the browser prints.
  useTranslator('print');
  const [isPrinting, setIsPrinting] = useState(false);
  useEffect(() => {
    const { dataset } = document.documentElement;
    let theme: string | undefined;
    const begin = (): void => {
      theme = dataset.theme;
      dataset.theme = 'light';
      flushSync(() => setIsPrinting(true));
    };
    const end = (): void => {
      if (theme !== undefined) dataset.theme = theme;
      setIsPrinting(false);
    };
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting ? createPortal(<PrintSheet />, document.body) : null;
}
